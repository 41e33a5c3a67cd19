"""Golden utterances, which must be taken for what they are by every route, and negative ones, which
belong to other skills.

In `data/`, a JSON object a line, in the fields that skills of OVOS use. `machines` is ours: those
that the utterance is about, none for all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
# Outcomes with an intent that was understood, whether or not there is an answer.
UNDERSTOOD = frozenset({"answered", "no_data", "not_yet", "clarify"})

Contract = dict[str, Any]


@dataclass(frozen=True)
class Golden:
    """An utterance with the intent and the machines that it is about."""

    utterance: str
    intent: str
    machines: tuple[str, ...]

    def is_met(self, contract: Contract) -> bool:
        """Whether it was taken for what it is."""
        return (
            contract["outcome"] in UNDERSTOOD
            and contract["intent"] == self.intent
            and sorted(contract["slots"]["machines"]) == sorted(self.machines)
        )


def golden(lang: str) -> list[Golden]:
    return [
        Golden(row["utterance"], row["intent_label"], tuple(row["machines"]))
        for row in _rows("golden", lang)
    ]


def negative(lang: str) -> list[str]:
    return [row["utterance"] for row in _rows("negative", lang)]


def _rows(kind: str, lang: str) -> Iterator[dict[str, Any]]:
    text = (DATA / f"{kind}_utterances_{lang.lower()}.jsonl").read_text(encoding="utf-8")
    yield from map(json.loads, text.splitlines())
