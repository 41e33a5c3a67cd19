"""Merging the three folders of language files into the one tree that OVOS reads.

Standard library only, and importable by itself: setup.py uses it before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
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


def link_checkout(checkout: Path, build: Path | None = None) -> Path:
    """A folder of links to a checkout's language files, made once per set of files.

    Made under another name and renamed, since two processes may start at once.
    """
    merged = merged_files(checkout)
    listing = "\n".join(f"{target}={source}" for target, source in merged.items())
    name = f"language-{hashlib.sha256(listing.encode()).hexdigest()[:16]}"
    root = (build or _build_folder(checkout)) / name
    if root.is_dir():
        return root
    root.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=root.parent))
    unfinished.chmod(0o755)
    for target, source in merged.items():
        (unfinished / target).parent.mkdir(parents=True, exist_ok=True)
        (unfinished / target).symlink_to(source)
    try:
        unfinished.rename(root)
    except OSError:  # another process was quicker; its folder is the same
        shutil.rmtree(unfinished)
        if not root.is_dir():
            raise
    return root


def _build_folder(checkout: Path) -> Path:
    if os.access(checkout, os.W_OK):
        return checkout / "build"
    return Path(tempfile.gettempdir()) / f"enms-language-{os.getuid()}"
