"""A period that is all of some words: "last week", and nothing else."""

from __future__ import annotations

from functools import lru_cache

from enms_core.domain.period_phrase import PeriodPhrase
from enms_core.language.files import load_language
from enms_core.language.numbers import NumberReader
from enms_core.language.periods import PeriodReader
from enms_core.language.tokens import tokenize


def phrase_of(words: str, lang: str) -> PeriodPhrase | None:
    """What the words of a language mean, None where they are no period or more than one."""
    tokens = tokenize(words)
    found = _reader(lang).find(tokens)
    is_all = len(found) == 1 and found[0].end_token - found[0].first_token == len(tokens)
    return found[0].phrase if is_all else None


@lru_cache(maxsize=8)
def _reader(lang: str) -> PeriodReader:
    return PeriodReader(load_language(lang).vocabulary, NumberReader(lang))
