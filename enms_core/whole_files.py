"""Files and folders that appear whole or not at all, whoever else reads or writes them meanwhile.

Standard library only, and of no room: language, services and the fronts all keep something.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

RIGHTS = 0o777


@contextmanager
def whole_file(path: Path, is_durable: bool = False) -> Iterator[BinaryIO]:
    """A file to write, which takes the place of `path` when the block ends well, with the rights of
    the one that was there. is_durable: it is on the disk by then."""
    unfinished = _beside(path)
    try:
        with unfinished.open("xb") as file:
            yield file
            file.flush()
            if is_durable:
                os.fsync(file.fileno())
        if path.exists():
            unfinished.chmod(path.stat().st_mode & RIGHTS)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which becomes `path` when the block ends well. Where somebody else was
    quicker, theirs stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _beside(path)
    unfinished.mkdir()
    try:
        yield unfinished
        _rename(unfinished, path)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _rename(unfinished: Path, path: Path) -> None:
    try:
        unfinished.rename(path)
    except OSError:
        if not path.is_dir():
            raise


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(8)}")
