"""What can be asked now: a few questions about what was just imported, with their answers.

The questions stand in first_questions.value of the language. Each is asked like any other, and only
one that was understood as it is meant and got an answer with figures is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from enms_core.analysis.whole_periods import CalendarUnit
from enms_core.domain.catalogue import Machine
from enms_core.domain.period import PeriodPhrase
from enms_core.language.files import load_language
from enms_core.language.render import filled
from enms_core.language.speech.voice import Voice
from enms_core.services.engine import Engine
from enms_core.services.first_subjects import Subject, subjects_of
from enms_core.services.importing import ImportedFile
from enms_core.services.minds import known_language
from enms_core.services.reply import Reply
from enms_core.services.request import Request
from enms_core.storage.store import Store

MOST_QUESTIONS = 3
PHRASES: Mapping[CalendarUnit, PeriodPhrase] = {
    "day": PeriodPhrase("date"),
    "month": PeriodPhrase("month"),
    "year": PeriodPhrase("year"),
}
# Subject of first_questions.value → the intent that it must be understood as.
INTENTS = {
    "energy": "energy",
    "peak": "kpi",
    "ranking": "ranking",
    "comparison": "comparison",
    "trend": "energy",
    "production": "production",
    "status": "status_history",
    "machines": "machine_list",
}


async def first_questions(
    store: Store, files: Sequence[ImportedFile], now: datetime
) -> list[Reply]:
    """Up to three questions about imported files (`utterance`), and their answers (`speech`)."""
    engine = Engine(store.settings, store)
    try:
        catalogue = await engine.registers.current()
        voice = Voice(load_language(known_language(store.settings.lang)), catalogue)
        return await _answered(engine, voice, subjects_of(files, catalogue), now)
    finally:
        await engine.registers.close()


async def _answered(
    engine: Engine, voice: Voice, subjects: Iterable[Subject], now: datetime
) -> list[Reply]:
    """The first few subjects of different names that are answered as they are meant."""
    replies: dict[str, Reply] = {}
    for subject in subjects:
        if subject.name not in replies:
            request = Request(_question(subject, voice), engine.settings.lang, now=now)
            reply = await engine.ask(request)
            if _is_meant(reply, subject):
                replies[subject.name] = reply
        if len(replies) == MOST_QUESTIONS:
            break
    return list(replies.values())


def _is_meant(reply: Reply, subject: Subject) -> bool:
    """Whether a reply answers the question, about its machine and its period."""
    if (reply.outcome, reply.intent) != ("answered", INTENTS[subject.name]):
        return False
    period = reply.slots["period"]
    start = subject.when.period.start.isoformat() if subject.when else None
    is_then = start is None or (isinstance(period, dict) and period["start"] == start)
    machines = [] if subject.machine is None else [subject.machine.name]
    return is_then and reply.slots["machines"] == machines


def _question(subject: Subject, voice: Voice) -> str:
    slots: dict[str, str] = {}
    if subject.machine is not None:
        slots["machine"] = _name(subject.machine, voice)
    if subject.source is not None:
        slots["source"] = voice.words.source(subject.source)
    for slot, stretch in (("period", subject.when), ("period_before", subject.before)):
        if stretch is not None:
            slots[slot] = voice.period(PHRASES[stretch.unit], stretch.period)
    return filled(voice.files.values["first_questions"][subject.name], slots)


def _name(machine: Machine, voice: Voice) -> str:
    """The machine's name, with its site where another has the same one."""
    same = [each for each in voice.catalogue.machines if each.name == machine.name]
    return voice.distinct_names([each.id for each in same])[same.index(machine)]
