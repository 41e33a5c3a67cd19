"""From dialogs to the text that is spoken or printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enms_core.language.files import LanguageFiles

Slots = Mapping[str, str]
Dialog = tuple[str, Slots]


class Several(str):
    """Words that stand for more than one thing, so that a verb beside them can agree."""

    __slots__ = ()


def filled(line: str, slots: Slots) -> str:
    """A phrasing with its slots filled. Braces in the words themselves are left alone.

    `{scope:hat|haben}` is a word that agrees with the slot: the first beside one thing, the second
    beside several.

    >>> filled("{who} {who:is|are} here", {"who": Several("both")})
    'both are here'
    """
    parts = line.split("{")
    texts = [parts[0]]
    for part in parts[1:]:
        inside, _, rest = part.partition("}")
        name, _, choice = inside.partition(":")
        words = slots[name.strip()]
        texts.append((_agreeing(choice, words) if choice else words) + rest)
    return "".join(texts)


def _agreeing(choice: str, words: str) -> str:
    one, _, several = choice.partition("|")
    return several if isinstance(words, Several) else one


def render(dialogs: Sequence[Dialog], files: LanguageFiles, variant: int = 0) -> str:
    """All dialogs as one text. `variant` chooses among the phrasings, so that the same answer need
    not sound the same each time, and still is the same for the same conversation."""
    return " ".join(_sentence(name, slots, files, variant) for name, slots in dialogs)


def _sentence(name: str, slots: Slots, files: LanguageFiles, variant: int) -> str:
    lines = files.dialogs[name]
    text = filled(lines[variant % len(lines)], slots).strip()
    return text[:1].upper() + text[1:]
