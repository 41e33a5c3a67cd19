"""A database that is away, dies or hangs costs one sentence; after it there are answers again."""

from __future__ import annotations

import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import psycopg
import pytest

from enms_core.services import engine as engines
from enms_core.services.registers import AGAIN_SECONDS
from enms_core.services.reply import Reply
from enms_core.storage import schema
from enms_core.storage.server import DATABASE_FOLDER, EmbeddedServer
from tests.conftest import Asker, run_on
from tests.core.conftest import WORKSHOP, execute
from tests.logs import errors_logged

MakeAsker = Callable[..., Asker]

QUESTION = "what did lathe seven consume yesterday"
RUNNING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'enms' AND state = 'active'
"""


@pytest.fixture
def data_dir() -> Iterator[Path]:
    # Not pytest's folder: a server that runs as another user loses it when a second test run
    # takes away the others' right to look into it.
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def embedded(data_dir: Path, engine_on: MakeAsker) -> Asker:
    """An engine on an embedded server of its own, which has answered once."""
    asker = engine_on(None, data_dir=data_dir)
    assert asker.ask(QUESTION).outcome == "unknown_machine"
    execute(asker.engine.store.readings.url, WORKSHOP)
    time.sleep(AGAIN_SECONDS)  # registers that were read just now are not read again
    assert is_answered(asker.ask(QUESTION))
    return asker


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def is_answered(reply: Reply) -> bool:
    return reply.outcome == "answered" and reply.data["quantity"] == 60.0


def is_one_sentence(reply: Reply) -> bool:
    """Whether the reply says only that the database cannot be reached."""
    return reply.outcome == "error" and reply.dialogs == (("database_unreachable", {}),)


def kill_server(data_dir: Path) -> psutil.Process:
    pid_file = data_dir / DATABASE_FOLDER / "postmaster.pid"
    process = psutil.Process(int(pid_file.read_text().split()[0]))
    process.kill()
    return process


def test_a_server_that_is_killed_between_questions_is_started_again(
    embedded: Asker, data_dir: Path
) -> None:
    killed = kill_server(data_dir)
    next_reply = embedded.ask(QUESTION)
    # Until the system has cleared the dead process away, the server cannot be started again.
    killed.wait(30)
    assert is_answered(next_reply) or is_one_sentence(next_reply)
    assert is_answered(embedded.ask(QUESTION))


def test_a_server_that_is_killed_before_the_first_question_is_started_again(
    embedded: Asker, data_dir: Path, engine_on: MakeAsker
) -> None:
    kill_server(data_dir).wait(30)
    assert is_answered(engine_on(None, data_dir=data_dir).ask(QUESTION))


def test_a_stored_reading_outlives_a_killed_server(embedded: Asker, data_dir: Path) -> None:
    url = embedded.engine.store.readings.url
    execute(url, "UPDATE energy_readings SET energy_kwh = 3.5")
    kill_server(data_dir).wait(30)
    assert embedded.ask(QUESTION).data["quantity"] == 84.0


def test_a_refused_connection_gets_one_sentence(engine_on: MakeAsker) -> None:
    reply = engine_on("postgresql://nobody@127.0.0.1:1/none").ask(
        "how much energy did we use today"
    )
    assert is_one_sentence(reply)
    assert [issue["code"] for issue in reply.issues] == ["storage"]
    assert "127.0.0.1" not in reply.speech


def test_a_server_that_never_speaks_gets_one_sentence(
    silent_port: int, engine_on: MakeAsker
) -> None:
    url = f"postgresql://nobody@127.0.0.1:{silent_port}/none"
    asker = engine_on(url, connect_timeout_seconds=0.2)
    assert is_one_sentence(asker.ask("how much energy did we use today"))


def test_what_is_not_ours_stays_not_ours_while_the_database_is_away(engine_on: MakeAsker) -> None:
    asker = engine_on("postgresql://nobody@127.0.0.1:1/none")
    assert asker.ask("will it rain in Berlin on Sunday").outcome == "not_understood"


def test_a_database_that_is_away_at_the_first_question_answers_the_second(
    data_dir: Path, engine_on: MakeAsker
) -> None:
    url = f"postgresql://postgres:@/postgres?host={data_dir / DATABASE_FOLDER}"
    asker = engine_on(url)
    first = asker.ask("how much energy did we use yesterday")
    server = EmbeddedServer(data_dir)
    run_on(url, lambda store: schema.upgrade(store.registers))
    execute(url, WORKSHOP)
    second = asker.ask("how much energy did we use yesterday")
    server.stop()
    assert is_one_sentence(first)
    assert is_answered(second)


@pytest.mark.parametrize(
    "seconds",
    [
        {"statement_timeout_seconds": 0.3, "answer_timeout_seconds": 30.0},
        {"statement_timeout_seconds": 30.0, "answer_timeout_seconds": 0.3},
    ],
    ids=["statement_timeout", "answer_timeout"],
)
def test_a_locked_table_gets_one_sentence_and_no_query_waits_on_in_the_server(
    workshop_url: str, engine_on: MakeAsker, seconds: dict[str, float]
) -> None:
    asker = engine_on(workshop_url, **seconds)
    assert is_answered(asker.ask(QUESTION))
    with psycopg.connect(workshop_url) as connection:
        connection.execute("LOCK TABLE energy_readings IN ACCESS EXCLUSIVE MODE")
        reply = asker.ask(QUESTION)
        counts = (connection.execute(RUNNING).fetchone() for _ in range(2000))
        assert any(count == (0,) for count in counts)
    assert is_one_sentence(reply)
    assert is_answered(asker.ask(QUESTION))


def test_an_error_is_not_the_answer_that_is_repeated(
    workshop_url: str, engine_on: MakeAsker
) -> None:
    asker = engine_on(workshop_url, statement_timeout_seconds=0.3)
    first = asker.ask(QUESTION, session="hall")
    with psycopg.connect(workshop_url) as connection:
        connection.execute("LOCK TABLE energy_readings IN ACCESS EXCLUSIVE MODE")
        assert is_one_sentence(asker.ask(QUESTION, session="hall"))
    assert asker.ask("say that again", session="hall").speech == first.speech


@pytest.mark.parametrize("failing", ["SERVICES", "answered_turn"])
def test_a_fault_of_ours_gets_one_sentence_and_is_logged(
    workshop_url: str, engine_on: MakeAsker, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """A service, or the saying of its answer, raised what nobody had thought of: the voice fell
    silent, and so did the command line and the bus."""

    def fail(*_given: object) -> None:
        raise KeyError("nobody thought of this")

    asker = engine_on(workshop_url)
    before = asker.ask(QUESTION, session="hall")
    with monkeypatch.context() as patch, errors_logged() as logged:
        broken = {**engines.SERVICES, "energy": fail} if failing == "SERVICES" else fail
        patch.setattr(engines, failing, broken)
        reply = asker.ask(QUESTION, session="hall")

    assert (reply.outcome, reply.dialogs) == ("error", (("failed_inside", {}),))
    assert reply.issues == ({"code": "failed_inside", "reason": "KeyError"},)
    assert reply.speech.startswith("Something went wrong on my side")
    assert "nobody thought" not in reply.speech
    assert len(logged) == 1
    assert asker.ask("say that again", session="hall").speech == before.speech


def test_a_fault_while_understanding_gets_the_same_sentence(
    workshop_url: str, engine_on: MakeAsker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise RecursionError

    asker = engine_on(workshop_url)
    with monkeypatch.context() as patch, errors_logged() as logged:
        patch.setattr("enms_core.language.understand.Interpreter.understand", fail)
        replies = [asker.ask(QUESTION), asker.understand(QUESTION)]

    assert [reply.dialogs for reply in replies] == [(("failed_inside", {}),)] * 2
    assert len(logged) == 2
    assert is_answered(asker.ask(QUESTION))
