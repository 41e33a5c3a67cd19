"""Sentences that understanding was not trained on, with words in their slots."""

from __future__ import annotations

import re
from pathlib import Path

import yaml  # type: ignore[import-untyped]

FOLDER = Path(__file__).parents[1] / "sentences" / "en-us" / "held_out"
SLOT = re.compile(r"\{(\w+)\}")
WORDS = {
    "machine": "compressor one",
    "energy_source": "electricity",
    "period": "yesterday",
    "horizon": "tomorrow",
    "compared_to": "last month",
    "count": "three",
    "threshold": "fifty kilowatts",
    "drivers": "production count and outdoor temperature",
    "conditions": "500 units at 25 degrees",
    "person": "anna",
    "date": "friday",
    "progress": "completed",
    "plan": "the hvac plan",
    "topic": "load factor",
    "kind": "monthly",
    "severity": "critical",
}


def intents() -> tuple[str, ...]:
    """Intents that there are sentences of; `other` are those of other skills."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def sentences_of(intent: str) -> tuple[str, ...]:
    templates = yaml.safe_load((FOLDER / f"{intent}.yaml").read_text(encoding="utf-8"))
    return tuple(SLOT.sub(lambda slot: WORDS[slot[1]], template) for template in templates)
