"""What the first bytes of a file tell: its encoding, or that it is no text."""

from __future__ import annotations

import codecs

from enms_core.domain.errors import ImportFailed

ZIP = b"PK\x03\x04"
# More control characters than this [%] are no text, but rubbish; a damaged spot is less.
MOST_CONTROL_PERCENT = 5.0
CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1a"))
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What files that cannot be read begin with, and what to do.
OTHER_KINDS = (
    (ZIP, "a zip archive that is no Excel file (.xlsx): unpack it first"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Excel file (.xls), or has a password: save it as .xlsx without one",
    ),
    (b"BZh91AY&SY", "packed with bzip2: unpack it, or pack it with gzip"),
    (b"\xfd7zXZ\x00", "packed with xz: unpack it, or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd: unpack it, or pack it with gzip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    (codecs.BOM_UTF32_LE, "text in UTF-32: save it as UTF-8"),
    (codecs.BOM_UTF32_BE, "text in UTF-32: save it as UTF-8"),
    (b"%PDF-", "a PDF: save the table as CSV"),
    (b"PAR1", "a Parquet file: save it as CSV"),
)


def refuse_other_kinds(name: str, sample: bytes) -> None:
    """Raises ImportFailed for a file that is empty, or known by its beginning as no usual text."""
    if not sample:
        raise ImportFailed(f"{name} is empty")
    for beginning, kind in OTHER_KINDS:
        if sample.startswith(beginning):
            raise ImportFailed(f"{name} is {kind}")


def marked_encoding(name: str, sample: bytes) -> str | None:
    """The encoding that a mark or the zeros of UTF-16 tell; None where neither is there.

    Raises ImportFailed for bytes that are no text.
    """
    found = _marked(sample) or _unmarked_utf16(sample)
    if found is None:
        _refuse_rubbish(name, sample)
    return found


def _refuse_rubbish(name: str, sample: bytes) -> None:
    control = len(sample) - len(sample.translate(None, CONTROL))
    if 100 * control > MOST_CONTROL_PERCENT * len(sample):
        raise ImportFailed(f"{name} is no text file")


def _marked(sample: bytes) -> str | None:
    return next((name for mark, name in MARKS if sample.startswith(mark)), None)


def _unmarked_utf16(sample: bytes) -> str | None:
    """Digits and delimiters in UTF-16 are every other byte zero."""
    if 100 * sample[1::2].count(0) > 50 * len(sample[1::2]) and sample[0::2].count(0) == 0:
        return "utf-16-le"
    if 100 * sample[0::2].count(0) > 50 * len(sample[0::2]) and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def is_utf8(sample: bytes) -> bool:
    """Whether bytes beyond ASCII are UTF-8: more of them than not, so that a damaged byte does not
    make another encoding of the whole file. The sample may end within a character."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(sample)
    broken = text.count("\ufffd")
    beyond = sum(not character.isascii() for character in text)
    return broken == 0 or beyond - broken > broken


def known_encoding(encoding: str) -> str:
    """A text encoding by name; UTF-8 with or without a mark."""
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except LookupError as error:
        raise ImportFailed(f"there is no text encoding {encoding!r}") from error
    return "utf-8-sig" if name == "utf-8" else name
