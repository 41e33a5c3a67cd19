"""Sentences with their slots marked, as several writers wrote them.

A line `== intent` begins a section; each line after it is a sentence in which what is said of a
slot stands as `[slot: words = value]`; `#metric=peak` at its end tells what no words mark. With
`#metric=?` only its intent, machines and times are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SENTENCES = Path(__file__).parents[2] / "sentences"
FOREIGN = "other"
UNKNOWN_MACHINE = "unknown_machine"
UNKNOWN_SOURCE = "unknown_source"
AMBIGUOUS = "ambiguous"
UNTOLD = "?"
_MARK = re.compile(r"\[(\w+): ([^\[\]=]+?) = ([^\[\]]+?)\]")
_FLAG = re.compile(r"\s+#(\w+)=(\S+)")


@dataclass(frozen=True)
class Mark:
    """The words said of a slot, and the value that they mean."""

    slot: str
    words: str
    value: str


@dataclass(frozen=True)
class Marked:
    """A sentence as it is spoken. section: its intent, or what else is the matter with it."""

    text: str
    section: str
    intent: str
    metric: str | None
    is_whole: bool
    marks: tuple[Mark, ...]
    writer: str

    def values(self, slot: str) -> tuple[str, ...]:
        """What is said of a slot, in the order said."""
        return tuple(mark.value for mark in self.marks if mark.slot == slot)


def kept_out(lang: str, folder_name: str = "kept_out") -> tuple[Marked, ...]:
    """The sentences of all writers of a language that understanding was not built with.

    "kept_out_far": of those who were asked for wordings far from the usual ones.
    """
    folder = SENTENCES / lang / folder_name
    return tuple(each for path in sorted(folder.glob("*.txt")) for each in marked_in(path))


def foreign(lang: str) -> tuple[str, ...]:
    """The kept-out sentences that belong to other skills."""
    return tuple(said.text for said in kept_out(lang) if said.section == FOREIGN)


def marked_in(path: Path) -> Iterator[Marked]:
    """The sentences of one file."""
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            section = line.removeprefix("==").strip()
        elif line.strip():
            yield _marked(line, section, path.stem)


def _marked(line: str, section: str, writer: str) -> Marked:
    flags = dict(_FLAG.findall(line))
    body = _FLAG.sub("", line)
    marks = tuple(Mark(m[1], m[2].strip(), m[3].strip()) for m in _MARK.finditer(body))
    text = " ".join(_MARK.sub(lambda mark: mark[2], body).split())
    metric = flags.get("metric")
    return Marked(
        text, section, flags.get("intent", section), metric, metric != UNTOLD, marks, writer
    )
