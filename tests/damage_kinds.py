"""Kinds of damage to the lines of a meter file, and the ways in which such a file is written."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Writing:
    """How a program writes its meter files."""

    name: str
    header: str
    delimiter: str
    decimal: str
    time_format: str
    encoding: str

    def line(self, start: datetime, value: float, note: str) -> str:
        amount = f"{value:.3f}".replace(".", self.decimal)
        return self.delimiter.join((start.strftime(self.time_format), amount, note))


PLAIN = Writing("plain", "time,energy_kwh,note", ",", ".", "%Y-%m-%d %H:%M", "utf-8")
GERMAN = Writing("german", "Zeit;Energie [kWh];Notiz", ";", ",", "%d.%m.%Y %H:%M", "cp1252")
# What the energy column of each is called.
COLUMNS = {PLAIN: ("time", "energy_kwh"), GERMAN: ("Zeit", "Energie [kWh]")}

Damage = Callable[[list[str], Writing, random.Random], list[str] | bytes]


def _encoded(lines: Sequence[str], writing: Writing) -> bytearray:
    return bytearray("\n".join([*lines, ""]).encode(writing.encoding))


def _flipped(content: bytes, count: int, chance: random.Random, after: int = 0) -> bytes:
    found = bytearray(content)
    for _each in range(count):
        found[chance.randrange(after, len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def _one_bit(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
    return _flipped(_encoded(lines, writing), 1, chance, len(lines[0]) + 1)


def _few_bits(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
    return _flipped(_encoded(lines, writing), 5, chance, len(lines[0]) + 1)


def _many_bits(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
    return _flipped(_encoded(lines, writing), 400, chance)


def _lost_bytes(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
    content = _encoded(lines, writing)
    at = chance.randrange(len(lines[0]) + 1, len(content) - 40)
    del content[at : at + chance.randint(1, 40)]
    return bytes(content)


def _strange_bytes(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
    content = _encoded(lines, writing)
    at = chance.randrange(len(lines[0]) + 1, len(content))
    content[at:at] = chance.randbytes(chance.randint(1, 60))
    return bytes(content)


def _zeros(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
    content = _encoded(lines, writing)
    at = chance.randrange(len(lines[0]) + 1, len(content) - 200)
    count = chance.randint(1, 200)
    content[at : at + count] = bytes(count)
    return bytes(content)


def _cut(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
    content = _encoded(lines, writing)
    return bytes(content[: chance.randrange(len(content))])


def _lost_lines(lines: list[str], _writing: Writing, chance: random.Random) -> list[str]:
    for _each in range(chance.randint(1, 30)):
        del lines[chance.randrange(1, len(lines))]
    return lines


def _repeated_lines(lines: list[str], _writing: Writing, chance: random.Random) -> list[str]:
    for _each in range(chance.randint(1, 30)):
        lines.insert(chance.randrange(1, len(lines)), chance.choice(lines[1:]))
    return lines


def _mixed_up_lines(lines: list[str], _writing: Writing, chance: random.Random) -> list[str]:
    body = lines[1:]
    at = chance.randrange(len(body) - 50)
    part = body[at : at + 50]
    chance.shuffle(part)
    return [lines[0], *body[:at], *part, *body[at + 50 :]]


def _joined_lines(lines: list[str], _writing: Writing, chance: random.Random) -> list[str]:
    for _each in range(chance.randint(1, 5)):
        at = chance.randrange(1, len(lines) - 1)
        lines[at : at + 2] = [lines[at] + lines[at + 1]]
    return lines


def _torn_lines(lines: list[str], _writing: Writing, chance: random.Random) -> list[str]:
    for _each in range(chance.randint(1, 4)):
        at = chance.randrange(1, len(lines))
        place = chance.randrange(1, len(lines[at]))
        lines[at : at + 1] = [lines[at][:place], lines[at][place:]]
    return lines


def _blank_lines(lines: list[str], writing: Writing, chance: random.Random) -> list[str]:
    for _each in range(chance.randint(1, 40)):
        blank = chance.choice(["", "  ", writing.delimiter * 2, writing.delimiter * 5])
        lines.insert(chance.randrange(1, len(lines)), blank)
    return lines


def _other_lines(lines: list[str], _writing: Writing, chance: random.Random) -> list[str]:
    others = ["--- page 2 ---", "Total", lines[0], '{"time": 1}', "<tr><td>", "# end of day"]
    for _each in range(chance.randint(1, 4)):
        lines.insert(chance.randrange(1, len(lines)), chance.choice(others))
    return lines


def _two_files(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
    at = chance.randrange(1, len(lines) - 1)
    halves = _encoded(lines[:at], writing), _encoded([lines[0], *lines[at:]], writing)
    return bytes(halves[0]) + b"\xef\xbb\xbf" + bytes(halves[1])


def _no_header(lines: list[str], writing: Writing, chance: random.Random) -> list[str]:
    return _lost_lines(lines, writing, chance)[1:]


def _damaged_header(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
    header, body = _encoded(lines[:1], writing), _encoded(lines[1:], writing)
    return _flipped(header, chance.randint(1, 10), chance) + bytes(body)


def _late_header(lines: list[str], _writing: Writing, chance: random.Random) -> list[str]:
    lines.insert(chance.randrange(2, 80), lines.pop(0))
    return lines


def _lost_cells(lines: list[str], writing: Writing, chance: random.Random) -> list[str]:
    for at in chance.sample(range(1, len(lines)), chance.choice([1, 4, 200])):
        cells = lines[at].split(writing.delimiter)
        del cells[chance.randrange(3)]
        lines[at] = writing.delimiter.join(cells)
    return lines


def _more_cells(lines: list[str], writing: Writing, chance: random.Random) -> list[str]:
    for at in chance.sample(range(1, len(lines)), chance.choice([1, 4, 200])):
        cells = lines[at].split(writing.delimiter)
        cells.insert(chance.randrange(4), chance.choice(["", "7", "x"]))
        lines[at] = writing.delimiter.join(cells)
    return lines


def _swapped_cells(lines: list[str], writing: Writing, chance: random.Random) -> list[str]:
    for at in chance.sample(range(1, len(lines)), chance.choice([1, 4, 200])):
        time, value, note = lines[at].split(writing.delimiter)
        lines[at] = writing.delimiter.join((value, time, note))
    return lines


def _other_delimiters(lines: list[str], writing: Writing, chance: random.Random) -> list[str]:
    other = chance.choice(["|", "\t", " ", ":"])
    places = chance.sample(range(1, len(lines)), chance.choice([1, 4, 200]))
    return [
        line.replace(writing.delimiter, other) if at in places else line
        for at, line in enumerate(lines)
    ]


def _stray_quotes(lines: list[str], _writing: Writing, chance: random.Random) -> list[str]:
    for at in chance.sample(range(1, len(lines)), chance.randint(1, 4)):
        place = chance.choice([0, chance.randrange(len(lines[at]))])
        lines[at] = lines[at][:place] + '"' + lines[at][place:]
    return lines


def _put(column: int, texts: Sequence[str]) -> Damage:
    """Damage that puts a text into some cells of a column."""

    def put(lines: list[str], writing: Writing, chance: random.Random) -> list[str]:
        for at in chance.sample(range(1, len(lines)), chance.choice([1, 4, 8, 100])):
            cells = lines[at].split(writing.delimiter)
            cells[column] = chance.choice(texts).replace(".", writing.decimal)
            lines[at] = writing.delimiter.join(cells)
        return lines

    return put


def _damaged_gzip(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
    packed = gzip.compress(_encoded(lines, writing), mtime=0)
    return _flipped(packed, chance.randint(1, 3), chance, 2)


def _cut_gzip(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
    packed = gzip.compress(_encoded(lines, writing), mtime=0)
    return packed[: chance.randrange(len(packed))]


def _lengthened_gzip(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
    return gzip.compress(_encoded(lines, writing), mtime=0) + chance.randbytes(20)


def _in(encoding: str) -> Damage:
    """A file in another encoding, and something else."""

    def written(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
        return "\n".join([*_lost_cells(lines, writing, chance), ""]).encode(encoding)

    return written


def _encoding_from_within(lines: list[str], writing: Writing, chance: random.Random) -> bytes:
    at = chance.randrange(2, len(lines))
    other = {"utf-8": "cp1252", "cp1252": "utf-8"}[writing.encoding]
    return bytes(_encoded(lines[:at], writing)) + "\n".join([*lines[at:], ""]).encode(other)


def _uneven_utf16(lines: list[str], _writing: Writing, chance: random.Random) -> bytes:
    content = bytearray("\n".join([*lines, ""]).encode("utf-16"))
    del content[chance.randrange(200, len(content))]
    return bytes(content)


EACH_KIND = 9
AMOUNTS = ("none", "1_0", "0x1F", "1e300", "inf", "-1", "--5", "1.2.3", "٣", "", "NaN", "5 kWh")
TIMES = (
    "", "yesterday", "2018-13-01 00:00", "0000-00-00 00:00", "9999-12-31 23:45", "1",
    "2018-03-25 02:15", "25.03.2018 02:15", "0001-01-01 00:00", "01.01.1800 00:00",
)  # fmt: skip
ENCODINGS: dict[str, str | None] = {
    "in utf-16": "utf-16", "in utf-16 without a mark": "utf-16-le", "in utf-8": "utf-8-sig",
    "in another script": None, "uneven utf-16": None,
}  # fmt: skip
# After these kinds no program could know the columns, or read the file to its end; "many bits" hits
# the header now and then. A file of every other kind is a table still, and must be read.
BEYOND_READING = frozenset({
    "many bits", "no header", "damaged header", "late header", "damaged gzip", "cut gzip",
    "lengthened gzip", "in another script", "uneven utf-16",
})  # fmt: skip
DAMAGES: dict[str, Damage] = {
    "one bit": _one_bit, "few bits": _few_bits, "many bits": _many_bits,
    "lost bytes": _lost_bytes, "strange bytes": _strange_bytes, "zeros": _zeros, "cut off": _cut,
    "lost lines": _lost_lines, "repeated lines": _repeated_lines,
    "mixed up lines": _mixed_up_lines, "joined lines": _joined_lines, "torn lines": _torn_lines,
    "blank lines": _blank_lines, "other lines": _other_lines, "two files in one": _two_files,
    "no header": _no_header, "damaged header": _damaged_header, "late header": _late_header,
    "lost cells": _lost_cells, "more cells": _more_cells, "swapped cells": _swapped_cells,
    "other delimiters": _other_delimiters, "stray quotes": _stray_quotes,
    "strange amounts": _put(1, AMOUNTS), "strange times": _put(0, TIMES),
    "damaged gzip": _damaged_gzip, "cut gzip": _cut_gzip, "lengthened gzip": _lengthened_gzip,
    "in utf-16": _in("utf-16"), "in utf-16 without a mark": _in("utf-16-le"),
    "in utf-8": _in("utf-8-sig"), "in another script": _in("cp037"),
    "encoding changes": _encoding_from_within, "uneven utf-16": _uneven_utf16,
}  # fmt: skip
