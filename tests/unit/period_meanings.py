"""Phrases that mean the same, by what holds of them at any time, in every language; and the moments
at which they are tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml  # type: ignore[import-untyped, unused-ignore]

from enms_core.domain.period import (
    EmptyPeriod,
    ImpossiblePeriod,
    Period,
    PeriodPhrase,
    resolve_all,
)
from enms_core.language.model import language_model
from enms_core.language.tokens import tokenize

BERLIN = ZoneInfo("Europe/Berlin")
SENTENCES = Path(__file__).parents[1] / "sentences"
LANGUAGES = tuple(sorted(path.parent.parent.name for path in SENTENCES.glob("*/periods/*.yaml")))


@dataclass(frozen=True)
class Meaning:
    """Phrases as (language, words)."""

    kind: str
    name: str
    said: tuple[tuple[str, str], ...]


def read_meanings(lang: str) -> dict[tuple[str, str], list[str]]:
    """The phrases of one language by kind and meaning."""
    text = (SENTENCES / lang / "periods" / "meanings.yaml").read_text(encoding="utf-8")
    groups = yaml.safe_load(text)
    return {
        (kind, str(name)): [str(each) for each in said]
        for kind, meanings in groups.items()
        for name, said in meanings.items()
    }


def all_meanings() -> list[Meaning]:
    """What the first language has, with the phrases of all."""
    read = {lang: read_meanings(lang) for lang in LANGUAGES}
    return [
        Meaning(*key, tuple((lang, words) for lang in LANGUAGES for words in read[lang][key]))
        for key in read[LANGUAGES[0]]
    ]


def _moments() -> tuple[datetime, ...]:
    """Four hundred over two years: evenly spread, and around both clock changes of each."""
    start = datetime(2026, 1, 1, 0, 7, tzinfo=timezone.utc)
    spread = [start + count * timedelta(hours=45, minutes=3) for count in range(384)]
    changes = [datetime(2026, 3, 29), datetime(2026, 10, 25), datetime(2027, 3, 28)]
    around = [
        (change.replace(tzinfo=timezone.utc) + timedelta(minutes=minutes))
        for change in [*changes, datetime(2027, 10, 31)]
        for minutes in (-15, 30, 90, 1210)
    ]
    return tuple(moment.astimezone(BERLIN) for moment in [*spread, *around])


MOMENTS = _moments()


def phrase_of(lang: str, words: str) -> PeriodPhrase:
    """What a text means that is a period and nothing else."""
    tokens = tokenize(words)
    (match,) = language_model(lang).periods.find(tokens)
    assert (match.first_token, match.end_token) == (0, len(tokens)), words
    return match.phrase


def meant(phrase: PeriodPhrase, now: datetime) -> tuple[Period, ...] | str:
    """The stretches at a moment in Berlin, or why there is none."""
    try:
        return resolve_all(phrase, now, BERLIN)
    except EmptyPeriod:
        return "empty"
    except ImpossiblePeriod:
        return "impossible"
