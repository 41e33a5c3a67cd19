"""docs/spoken-answers.md: what is said to the questions of spoken.txt, for reading.

`python -m tests.spoken_answers` seeds the demo plant as the tests do, asks, and writes the file.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from enms_core.services.reply import Reply
from tests.conftest import PLANT_NOW, Asker, forget_baselines, forget_plans

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "tests" / "sentences" / "en-us" / "spoken.txt"
DOCUMENT = ROOT / "docs" / "spoken-answers.md"
COMMAND = "python -m tests.spoken_answers"
HEAD = f"""# Spoken answers

What is said about the demo plant on {PLANT_NOW:%d %B %Y, %H:%M} UTC, word for word as a voice
gets it. The questions stand in `tests/sentences/en-us/spoken.txt`, under the intent that answers
them or the outcome where there is nothing to answer with. A test compares this page with what is
said, and reads every answer aloud into a file. Written by `.venv/bin/{COMMAND}`.
"""


@dataclass(frozen=True)
class Asked:
    """A question, and the section it stands in: an intent, or the outcome of a refusal.

    In "how much ...; and yesterday" the last question is meant, after the others.
    """

    section: str
    said: str


def questions() -> list[Asked]:
    """The questions of spoken.txt, in their order."""
    found: list[Asked] = []
    section = ""
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            found.append(Asked(section, line))
    return found


def answer(asker: Asker, asked: Asked) -> Reply:
    """What is said to a question in a conversation of its own."""
    *before, last = asked.said.split("; ")
    for said in before:
        asker.ask(said, session=asked.said)
    return asker.ask(last, session=asked.said)


def document(replies: Mapping[Asked, Reply]) -> str:
    """The page with these questions and what was said to them."""
    lines = [HEAD]
    section = ""
    for asked, reply in replies.items():
        if asked.section != section:
            section = asked.section
            lines.append(f"## {section}\n")
        lines.append(f"**{asked.said}**  \n{reply.speech}\n")
    return "\n".join(lines)


def rewrite_document(plant_url: str, engine_on: Callable[..., Asker]) -> None:
    """Run by pytest, which has the seeded plant among its fixtures."""
    asker = engine_on(plant_url)
    text = document({asked: answer(asker, asked) for asked in questions()})
    DOCUMENT.write_text(text, encoding="utf-8")
    forget_baselines(plant_url)
    forget_plans(plant_url)


if __name__ == "__main__":
    sys.exit(pytest.main([__file__, "-q", "-o", "python_functions=rewrite_document"]))
