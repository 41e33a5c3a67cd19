"""What a conversation remembers, in the process and in files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from enms_core.domain.evidence import Evidence, RuleEvidence
from enms_core.domain.period import PeriodPhrase
from enms_core.domain.question import OpenQuestion, Question, Recalled, Scope
from enms_core.services.memory import (
    MOST_SESSIONS,
    FileMemory,
    MemoryStore,
    ProcessMemory,
    Remembered,
    SessionMemory,
    expiry,
)
from tests.unit.catalogues import demo_catalogue, ids_of

NOW = datetime(2026, 11, 18, 9, 7, tzinfo=timezone.utc)
CATALOGUE = demo_catalogue()
HOSTILE_NAMES = ("", "../../etc/passwd", "a/b", "\x00", "ü" * 5_000, "💥", "CON", ".", "a\nb")

# "between eight and ten, every day from the first of March to two weeks ago"
DEEP_PHRASE = PeriodPhrase(
    "daily",
    from_minute=480,
    to_minute=600,
    of=PeriodPhrase(
        "range",
        start=PeriodPhrase("date", day=1, month=3, seek="previous"),
        end=PeriodPhrase("unit", unit="week", offset=-2),
    ),
)
NIGHT = PeriodPhrase("hours", part="night", of=PeriodPhrase("unit", unit="day", offset=-1))


def memory(turns: int = 1, minutes: float = 5.0) -> SessionMemory:
    question = Question(
        intent="energy",
        scope=Scope("site", ids_of(CATALOGUE, "Boiler-1", "HVAC-Main"), "Demo Plant"),
        period=DEEP_PHRASE,
        sources=("natural_gas", "steam"),
        period_said=True,
        compared_to=NIGHT,
        metric="total",
    )
    return SessionMemory(
        expires_at=expiry(NOW, minutes),
        turns=turns,
        last=Remembered(
            dialogs=(("energy_used", {"scope": "the boiler", "amount": "{little}"}),),
            speech="The boiler used little. 🔥",
            data={"energy_kwh": 950.4, "sources": [{"quantity": None}]},
            issues=({"code": "readings.gap", "coverage_percent": 80},),
            slots={"machines": ["Boiler-1"], "period": None},
            title="boiler one",
            intent="energy",
        ),
        recalled=Recalled(question, ids_of(CATALOGUE, "HVAC-Main", "Boiler-1")),
        evidence=Evidence(96, prices=(RuleEvidence("natural_gas", None, "flat"),), last=NOW),
        open_question=OpenQuestion(question, ids_of(CATALOGUE, "Compressor-1", "Compressor-EU-1")),
    )


@pytest.fixture(params=["process", "files"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MemoryStore:
    makers: dict[str, Callable[[], MemoryStore]] = {
        "process": ProcessMemory,
        "files": lambda: FileMemory(tmp_path / "sessions"),
    }
    return makers[request.param]()


def test_what_was_kept_is_recalled_unchanged(store: MemoryStore) -> None:
    """The phrase of a period comes back with all that lies in it."""
    store.keep("hall", memory())

    assert store.recall("hall", NOW) == memory()


def test_a_session_that_never_was_is_none(store: MemoryStore) -> None:
    assert store.recall("hall", NOW) is None


def test_memory_ends_when_it_expires(store: MemoryStore) -> None:
    store.keep("hall", memory(minutes=5.0))

    assert store.recall("hall", NOW + timedelta(minutes=4, seconds=59)) is not None
    assert store.recall("hall", NOW + timedelta(minutes=5)) is None


def test_the_newer_memory_replaces_the_older(store: MemoryStore) -> None:
    store.keep("hall", memory(turns=1))
    store.keep("hall", memory(turns=2))

    assert store.recall("hall", NOW) == memory(turns=2)


def test_a_session_never_sees_anothers_memory(store: MemoryStore) -> None:
    for turns, name in enumerate(HOSTILE_NAMES):
        store.keep(name, memory(turns))

    recalled = [store.recall(name, NOW) for name in HOSTILE_NAMES]

    assert [each.turns for each in recalled if each] == list(range(len(HOSTILE_NAMES)))
    assert store.recall("another", NOW) is None


def test_a_process_forgets_the_oldest_sessions_first() -> None:
    store = ProcessMemory()
    for number in range(MOST_SESSIONS):
        store.keep(str(number), memory())

    store.keep("0", memory(turns=2))
    store.keep("new", memory())

    assert store.recall("1", NOW) is None
    assert store.recall("0", NOW) == memory(turns=2)
    assert store.recall("2", NOW) is not None
    assert store.recall("new", NOW) is not None


def test_files_are_found_by_the_next_process(tmp_path: Path) -> None:
    FileMemory(tmp_path).keep("hall", memory())

    assert FileMemory(tmp_path).recall("hall", NOW) == memory()


def test_hostile_names_make_files_in_the_folder_only(tmp_path: Path) -> None:
    store = FileMemory(tmp_path / "sessions")
    for name in HOSTILE_NAMES:
        store.keep(name, memory())

    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.parent for path in made} == {tmp_path / "sessions"}
    assert len(made) == len(HOSTILE_NAMES)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"null",
        b'{"expires_at": "soon"}',
        b'{"expires_at": "2026-11-18T09:12:00Z", "last": {"question": 3}}',
    ],
)
def test_a_corrupt_file_is_no_memory_and_is_replaced(content: bytes, tmp_path: Path) -> None:
    store = FileMemory(tmp_path)
    store.keep("hall", memory())
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)

    assert store.recall("hall", NOW) is None
    store.keep("hall", memory())
    assert store.recall("hall", NOW) == memory()


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """No unfinished file is left beside it."""
    store = FileMemory(tmp_path)
    store.keep("hall", memory(turns=1))
    store.keep("hall", memory(turns=2))

    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]
