"""The language files as they lie in the merged tree."""

from __future__ import annotations

from pathlib import Path

from enms_core.language.files import resources_root


def paths_of(lang: str, *suffixes: str) -> list[Path]:
    """A language's files; with suffixes ("voc") only those of these kinds."""
    paths = sorted((resources_root() / "locale" / lang).rglob("*.*"))
    return [
        path
        for path in paths
        if path.is_file() and (not suffixes or path.suffix.removeprefix(".") in suffixes)
    ]


def lines_of(path: Path) -> list[str]:
    """The lines of a file without comments."""
    lines = map(str.strip, path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
