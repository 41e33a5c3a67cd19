"""Conversations as data, and what is understood of each turn, without a database.

A file has a line `# name` before each conversation, a line `> sentence` for each turn, and below it
`= intent key=value ...` for each question of that turn, in the order asked; `= intent+intent ...`
are questions with the same keys. Keys:

- outcome: `answered` where left out; what no service answers yet counts as such;
- machines: names joined by +, * for everything; left out where none is said or remembered;
- source, drivers, conditions: joined by +; metric, count, unit, topic and so on: as they are;
- period, compared_to: start/end in local time, `now` as an end, or a phrase in brief ("day -1");
- choices: names joined by +, * for all machines; told: machines that the answer names;
- asks: what the service asks back then ("drivers", "confirmation"), offered: drivers that it names;
- confirmed: "yes" where the question has been said yes to.
What a line leaves out is the intent's default, or nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import get_args
from uuid import UUID
from zoneinfo import ZoneInfo

from enms_core.domain.errors import EmptyPeriod, ImpossiblePeriod
from enms_core.domain.intents import INTENTS, OF_CONVERSATION
from enms_core.domain.period import TODAY, PeriodPhrase, resolve_all
from enms_core.domain.period_phrase import Unit
from enms_core.domain.question import (
    ASKED_BY_SERVICE,
    OpenQuestion,
    Question,
    Scope,
    Understanding,
)
from enms_core.language.model import language_model
from enms_core.language.understand import Interpreter
from enms_core.services.conversation import remembered
from enms_core.services.memory import SessionMemory
from tests.unit.catalogues import demo_catalogue, ids_of
from tests.unit.sentence_files import brief

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, 30, tzinfo=ZONE)
NEVER = datetime.max.replace(tzinfo=timezone.utc)
CATALOGUE = demo_catalogue()
EVERYTHING = "*"
MAIN = frozenset({"machines", "source", "period", "metric"})
_KEY = re.compile(r"\s(\w+)=")

Facts = dict[str, str]


@dataclass(frozen=True)
class Turn:
    """A sentence, and the facts of each question that it asks."""

    say: str
    questions: tuple[Facts, ...]


@dataclass(frozen=True)
class Dialogue:
    name: str
    turns: tuple[Turn, ...]


@dataclass
class Talk:
    """One conversation, remembered as by the engine. All that is understood counts as answered."""

    interpreter: Interpreter
    memory: SessionMemory = field(default_factory=lambda: SessionMemory(NEVER))

    def hear(
        self, text: str, told: Sequence[UUID] | None = None, asks: OpenQuestion | None = None
    ) -> list[Understanding]:
        """What a sentence asks, one after the other. told: the machines that the answer names one
        by one, where they are not those of the question. asks: what its service asks back, of any
        question."""
        heard = self.interpreter.understand(text, self.memory.open_question, self.memory.recalled)
        named = heard.question.named if heard.question is not None else ()
        self.memory = remembered(self.memory, heard, heard.outcome, named if told is None else told)
        if asks is not None and heard.question is not None:
            waiting = replace(asks, question=heard.question)
            self.memory = replace(self.memory, open_question=waiting)
        if heard.rest is None or heard.outcome != "answered":
            return [heard]
        return [heard, *self.hear(heard.rest)]


@lru_cache(maxsize=4)
def interpreter_of(lang: str) -> Interpreter:
    """The interpreter of a language over the demo plant."""
    return Interpreter(language_model(lang), CATALOGUE)


def dialogues_in(path: Path) -> tuple[Dialogue, ...]:
    """The conversations of a file."""
    blocks = path.read_text(encoding="utf-8").split("\n# ")
    return tuple(_dialogue(block) for block in blocks if "\n>" in block)


def wrong_turns(
    dialogue: Dialogue, interpreter: Interpreter, leaves_out: bool = False
) -> list[str]:
    """What was expected and what was understood, of each turn that is not right.

    leaves_out: the file tells the main slots of answered questions, and nothing of the others.
    """
    talk = Talk(interpreter)
    return [wrong for turn in dialogue.turns for wrong in _wrong(turn, talk, leaves_out)]


def _wrong(turn: Turn, talk: Talk, leaves_out: bool) -> Iterator[str]:
    told = turn.questions[0].get("told")
    ids = ids_of(CATALOGUE, *told.split("+")) if told else None
    heard = talk.hear(turn.say, ids, _asked_back(turn.questions[0]))
    found = [_facts_of(each) for each in heard]
    expected = [_whole(each) for each in turn.questions]
    if leaves_out and len(found) == len(expected):
        told_keys = [_judged(each) for each in turn.questions]
        found = [_kept(facts, keys) for facts, keys in zip(found, told_keys, strict=True)]
        expected = [_kept(facts, keys) for facts, keys in zip(expected, told_keys, strict=True)]
    if found != expected:
        yield f"{turn.say}\n  expected {expected}\n  found    {found}"


def _asked_back(said: Facts) -> OpenQuestion | None:
    """What a service asks back, about a question to be put into it."""
    need = next((each for each in ASKED_BY_SERVICE if each == said.get("asks")), None)
    offered = tuple(filter(None, said.get("offered", "").split("+")))
    nothing = Question(said["intent"], Scope("all", ()), TODAY)
    return OpenQuestion(nothing, need=need, offered=offered) if need else None


def _judged(said: Facts) -> set[str]:
    """The keys of a question that a file tells which leaves some out."""
    is_answered = said.get("outcome", "answered") in ("answered", "not_yet")
    if not is_answered or said["intent"] in OF_CONVERSATION:
        return {"outcome", "intent", *said}
    return {"outcome", "intent", *MAIN, *said} - (
        set() if INTENTS[said["intent"]].takes("period") else {"period"}
    )


def _kept(facts: Facts, keys: set[str]) -> Facts:
    return {key: value for key, value in facts.items() if key in keys}


def _dialogue(block: str) -> Dialogue:
    name, *lines = block.lstrip("# ").splitlines()
    turns: list[Turn] = []
    for line in filter(None, map(str.strip, lines)):
        if line.startswith(">"):
            turns.append(Turn(line[1:].strip(), ()))
        else:
            last = turns.pop()
            turns.append(Turn(last.say, (*last.questions, *_each(line.removeprefix("=")))))
    return Dialogue(name.strip(), tuple(turns))


def _each(line: str) -> Iterator[Facts]:
    """The facts of each question of a line; an aspect belongs to the question that has it."""
    facts = _facts(line)
    intents = facts["intent"].split("+")
    for intent in intents:
        is_other = len(intents) > 1 and facts.get("metric") not in INTENTS[intent].metrics
        own = {key: value for key, value in facts.items() if key != "metric" or not is_other}
        yield {**own, "intent": intent}


def _facts(line: str) -> Facts:
    intent, *rest = _KEY.split(f" {line.strip()}" if "=" in line.split()[0] else line.strip())
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return {"intent": intent.strip(), **{key: value.strip() for key, value in pairs}}


def _whole(said: Facts) -> Facts:
    """The facts of a question, with what the file leaves out."""
    outcome = said.get("outcome", "answered")
    outcome = "answered" if outcome == "not_yet" else outcome
    if outcome in ("not_understood", "cancelled"):
        return {"outcome": outcome}
    known = INTENTS[said["intent"]]
    facts = {"outcome": outcome, "metric": known.metric or "", **said}
    for key in ("told", "asks", "offered"):
        facts.pop(key, None)
    facts["machines"] = _sorted(facts.get("machines", EVERYTHING))
    facts["choices"] = _sorted(facts.get("choices", ""))
    if outcome != "answered":
        facts.pop("machines")
    for key in ("period", "compared_to"):
        if key in facts:
            facts[key] = _stretch(facts[key])
    return {key: value for key, value in facts.items() if value}


def _facts_of(heard: Understanding) -> Facts:
    """The facts of what was understood."""
    question = heard.question
    if question is None:
        return {"outcome": heard.outcome}
    known = INTENTS[question.intent]
    bound, cost = question.threshold, question.cost
    facts = {
        "outcome": heard.outcome,
        "intent": question.intent,
        "machines": _machines(question) if heard.outcome == "answered" else "",
        "source": "+".join(question.sources),
        "metric": question.metric or "",
        "period": _said(question) if known.takes("period") or known.takes("horizon") else "",
        "compared_to": _told(question.compared_to) if question.compared_to else "",
        "count": str(question.count or ""),
        "threshold": f"{bound.op} {bound.value:g} {bound.unit}" if bound else "",
        "cost": f"{float(cost.amount):g} {cost.currency}" if cost else "",
        "severity": question.severity or "",
        "topic": question.topic or "",
        "plan": question.plan or "",
        "person": question.person or "",
        "progress": question.progress or "",
        "kind": question.kind or "",
        "unit": question.unit or "",
        "conditions": "+".join(f"{name}={value:g}" for name, value in question.conditions),
        "drivers": "+".join(question.drivers),
        "confirmed": "yes" if question.confirmed else "",
        "choices": _sorted("+".join(_names(heard.choices)) or "+".join(heard.source_choices)),
        "need": heard.need or "",
        "unknown": heard.unknown or "",
    }
    return {key: value for key, value in facts.items() if value}


def _machines(question: Question) -> str:
    is_all = not question.scope.is_said or question.scope.kind == "all"
    return EVERYTHING if is_all else _sorted("+".join(_names(question.scope.machine_ids)))


def _said(question: Question) -> str:
    return _told(question.period) if question.period_said else ""


def _names(machine_ids: Sequence[UUID]) -> list[str]:
    return [CATALOGUE.machine(machine_id).name for machine_id in machine_ids]


def _sorted(names: str) -> str:
    everything = "+".join(sorted(machine.name for machine in CATALOGUE.machines))
    ordered = "+".join(sorted(names.split("+")))
    return EVERYTHING if ordered == everything else ordered


def _told(phrase: PeriodPhrase) -> str:
    if phrase.kind == "now":
        return "now"
    try:
        stretches = resolve_all(phrase, NOW, ZONE)
    except (ImpossiblePeriod, EmptyPeriod):
        return brief(phrase)
    return f"{stretches[0].start.isoformat()}/{stretches[-1].end.isoformat()}"


def _stretch(value: str) -> str:
    """A stretch written by its ends, or as a phrase in brief."""
    if "/" not in value:
        return "now" if value == "now" else _told(_phrase(value))
    return "/".join(map(_instant, value.split("/")))


def _instant(value: str) -> str:
    moment = NOW if value == "now" else datetime.fromisoformat(value)
    return moment.replace(tzinfo=ZONE).isoformat()


def _phrase(text: str) -> PeriodPhrase:
    """A phrase written as `brief` does: "day -1", "past 7 day"."""
    first, second, *third = text.split()
    unit: Unit = next(each for each in get_args(Unit) if each in (first, *third))
    if first in ("past", "coming"):
        return PeriodPhrase("past" if first == "past" else "coming", count=int(second), unit=unit)
    return PeriodPhrase("unit", unit=unit, offset=int(second))


def main(path: str, lang: str, leaves_out: bool) -> None:
    """Print what is wrong of a file, and how many turns are right."""
    interpreter = interpreter_of(lang)
    dialogues = dialogues_in(Path(path))
    turns = sum(len(dialogue.turns) for dialogue in dialogues)
    wrong = 0
    for dialogue in dialogues:
        for text in wrong_turns(dialogue, interpreter, leaves_out):
            wrong += 1
            print(f"# {dialogue.name}\n{text}")
    print(f"{turns - wrong} of {turns} turns right")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], leaves_out="--leaves-out" in sys.argv)
