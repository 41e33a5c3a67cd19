"""Opening a text file as people have it: plain or gzip, in one of the usual encodings.

Lines come in bounded portions, however long the file is; nothing holds all of it.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TextIO

from enms_core.domain.errors import ImportFailed
from enms_core.files.encodings import (
    is_utf8,
    known_encoding,
    marked_encoding,
    refuse_other_kinds,
)

GZIP = b"\x1f\x8b"
SAMPLE_BYTES = 65_536
# Some thousand lines, which lie beside those of the chunk that is worked on.
BLOCK_CHARACTERS = 131_072
# A longer line is no row of a table, and must not be gathered without end. It is below the longest
# cell that the csv module takes.
LONGEST_LINE = 100_000
# A line end in UTF-16 after a byte was lost, and no character otherwise. From there on all lines
# would be one.
SLIPPED_LINE_END = "\u0a00"
Contents = IO[bytes] | gzip.GzipFile


class OpenedText:
    """The lines of a text file, without their ends, taken from the front in portions.

    line: how many were taken so far. A byte that does not fit the encoding is U+FFFD, so that only
    its row suffers; so is a zero, which no text holds.
    """

    def __init__(self, path: Path, packed: IO[bytes], text: TextIO) -> None:
        self._path = path
        self._size = path.stat().st_size
        self._packed = packed
        self._text = text
        self._lines: list[str] = []
        self._rest = ""
        self._is_at_end = False
        self.line = 0

    @property
    def done(self) -> float:
        """The part of the file's bytes that was read [0-1], with those ahead of `line`."""
        return min(self._packed.tell() / self._size, 1.0) if self._size else 1.0

    def peeked(self, count: int) -> list[str]:
        """The next lines, which stay to be taken; fewer at the end of the file."""
        while len(self._lines) < count and not self._is_at_end:
            self._gather()
        return self._lines[:count]

    def taken(self, count: int) -> list[str]:
        """The next lines; fewer, and at last none, at the end of the file."""
        lines = self.peeked(count)
        del self._lines[:count]
        self.line += len(lines)
        return lines

    def _gather(self) -> None:
        """Read on. A line that a block cuts off is gathered with the next one; what stands after
        the last line end is a line if there is something in it."""
        with readable(self._path):
            block = self._text.read(BLOCK_CHARACTERS)
        if SLIPPED_LINE_END in block:
            raise ImportFailed(f"{self._path.name} is damaged: a byte of its UTF-16 is missing")
        *lines, rest = (self._rest + block.replace("\0", "\ufffd")).split("\n")
        self._refuse_long([*lines, rest])
        self._is_at_end = not block
        self._lines += [rest] if rest and not block else lines
        self._rest = rest

    def _refuse_long(self, lines: list[str]) -> None:
        if max(map(len, lines)) <= LONGEST_LINE:
            return
        place = next(place for place, line in enumerate(lines, 1) if len(line) > LONGEST_LINE)
        raise ImportFailed(
            f"{self._path.name} has a line of more than {LONGEST_LINE:,} characters: no table",
            self.line + len(self._lines) + place,
        )


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Tells a file that cannot be read to its end as such. Holds around reading only, since the
    work on what was read has errors of the same kinds."""
    try:
        yield
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImportFailed(f"{path.name} cannot be read: {reason}") from error


def first_bytes(path: Path, count: int) -> bytes:
    """How a file begins, as it lies on the disk. Raises ImportFailed."""
    with readable(path), _opened_file(path) as file:
        return file.read(count)


def found_encoding(path: Path) -> str:
    """The encoding of a text file: by its mark, else UTF-16, UTF-8 or Windows' western one.

    Reads on until something other than ASCII tells it. Raises ImportFailed for a file that is
    missing, broken, empty or no text.
    """
    with _opened_bytes(path) as (_packed, stream):
        sample = _read(path, stream)
        refuse_other_kinds(path.name, sample)
        found = marked_encoding(path.name, sample)
        while found is None and sample.isascii():
            sample = _read(path, stream)
            found = None if sample else "utf-8"
        return found or ("utf-8" if is_utf8(sample) else "cp1252")


@contextmanager
def opened_text(path: Path, encoding: str | None = None) -> Iterator[OpenedText]:
    """A text file, plain or gzip (known by content). encoding None: found from the file.

    Raises ImportFailed here and while lines are taken.
    """
    codec = found_encoding(path) if encoding is None else known_encoding(encoding)
    with (
        _opened_bytes(path) as (packed, stream),
        TextIOWrapper(_checked(path, stream), encoding=codec, errors="replace") as text,
    ):
        yield OpenedText(path, packed, text)


@contextmanager
def _opened_bytes(path: Path) -> Iterator[tuple[IO[bytes], Contents]]:
    """The file as it lies on the disk, and its contents, unpacked."""
    with ExitStack() as stack:
        with readable(path):
            packed = stack.enter_context(_opened_file(path))
            is_gzip = packed.read(len(GZIP)) == GZIP
            packed.seek(0)
        if not is_gzip:
            yield packed, packed
            return
        yield packed, stack.enter_context(closing(gzip.GzipFile(fileobj=packed)))


def _opened_file(path: Path) -> IO[bytes]:
    if path.exists() and not path.is_file():  # a pipe would wait, and is read more than once
        raise ImportFailed(f"{path.name} is no file")
    return path.open("rb")


def _checked(path: Path, stream: Contents) -> Contents:
    """A stream that is no file of another kind, at its beginning."""
    refuse_other_kinds(path.name, _read(path, stream))
    with readable(path):
        stream.seek(0)
    return stream


def _read(path: Path, stream: Contents) -> bytes:
    with readable(path):
        return stream.read(SAMPLE_BYTES)
