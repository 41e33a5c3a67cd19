"""Lists as short as the ear wants them, and counts of things."""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.domain.question import Question
from enms_core.language.speech.voice import Voice

# One more than a shortened list names: "and one more" would be as long as the name itself.
LONGEST_WHOLE = 4


def brief(items: Sequence[str], question: Question, voice: Voice) -> str:
    """A list of names, shortened to three where it is long and was not asked for in full."""
    is_whole = question.in_full or len(items) <= LONGEST_WHOLE
    return voice.words.listed(items, whole=is_whole)


def counted(things: str, count: int, voice: Voice, **slots: str) -> str:
    """How many: "one machine", "eight machines". things: the name of a pair of phrases; slots:
    what else both say."""
    if count == 1:
        return voice.words.phrase(f"{things}_one", slots)
    return voice.words.phrase(f"{things}_several", {**slots, "count": voice.words.count(count)})
