"""Merging the three folders of language files into the one tree that OVOS reads.

Standard library only, and importable by itself: setup.py uses it before anything is installed.
"""

from __future__ import annotations

from pathlib import Path

SOURCES = ("locale", "dialog", "vocab")


def merged_files(checkout: Path) -> dict[Path, Path]:
    """Where each language file of a checkout goes in the merged tree: target → source."""
    merged: dict[Path, Path] = {}
    for source in SOURCES:
        inner = Path() if source == "locale" else Path(source)
        for path in sorted((checkout / source).glob("*/**/*")):
            if path.is_file():
                lang, *rest = path.relative_to(checkout / source).parts
                merged[Path("locale", lang) / inner / Path(*rest)] = path
    return merged
