"""The language files of a checkout as the one tree that OVOS reads: a folder of links to them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from enms_core.language.merge import merged_files
from enms_core.whole_files import whole_folder


def link_checkout(checkout: Path, build: Path | None = None) -> Path:
    """The folder, made once per set of files; two processes may start at once."""
    merged = merged_files(checkout)
    listing = "\n".join(f"{target}={source}" for target, source in merged.items())
    name = f"language-{hashlib.sha256(listing.encode()).hexdigest()[:16]}"
    root = (build or _build_folder(checkout)) / name
    if not root.is_dir():
        with whole_folder(root) as unfinished:
            for target, source in merged.items():
                (unfinished / target).parent.mkdir(parents=True, exist_ok=True)
                (unfinished / target).symlink_to(source)
    return root


def _build_folder(checkout: Path) -> Path:
    if os.access(checkout, os.W_OK):
        return checkout / "build"
    return Path(tempfile.gettempdir()) / f"enms-language-{os.getuid()}"
