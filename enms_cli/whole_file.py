"""Writing a file that a person named, so that nobody ever finds half of it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from enms_core.whole_files import whole_file


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the file and put it in its place. ValueError where that cannot be; what was
    there before is as it was then."""
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(content)  # a pipe or a device cannot be replaced
        else:
            _replace(target, content)
    except OSError as error:
        raise ValueError(f"{path} cannot be written: {error.strerror}") from error


def _replace(target: Path, content: bytes) -> None:
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with whole_file(target, is_durable=True) as file:
        file.write(content)
