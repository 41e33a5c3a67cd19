"""Ten thousand hostile strings, over registers full of hostile names: always a reply, never a
statement made of what somebody said or wrote."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import get_args

import pytest

from enms_core.domain.question import Outcome
from enms_core.language.files import load_language
from enms_core.services.conversation import ANSWERS
from enms_core.services.reply import EMPTY_SLOTS, Reply
from enms_core.services.request import Request
from tests.conftest import Asker, own_database
from tests.core.hostile_site import NOW, contents, register
from tests.core.statements import recorded_statements
from tests.hostile import Hostile, hostile_strings
from tests.hostile_pieces import MARKER
from tests.logs import errors_logged

STRINGS = hostile_strings()
FEWEST = 10_000
SESSIONS = 7
# Statements that the questions of all features need together.
MOST_STATEMENTS = 150
MOST_SPOKEN_CHARACTERS = 1_000
MOST_UNKNOWN_CHARACTERS = 200
# A busy machine is no reason to fail: nothing here is about time.
PATIENT = {"connect_timeout_seconds": 60, "answer_timeout_seconds": 60}
KEYS = frozenset(Reply("", "en-us", "cancelled").contract())


@dataclass
class Run:
    """What came of all the strings."""

    replies: list[tuple[Hostile, Reply]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    statements_halfway: set[str] = field(default_factory=set)
    statements: set[str] = field(default_factory=set)
    contents_before: dict[str, object] = field(default_factory=dict)
    contents: dict[str, object] = field(default_factory=dict)
    logged: list[str] = field(default_factory=list)

    def take(self, asker: Asker, strings: list[Hostile]) -> None:
        """Ask them, as many at once as there are sessions."""
        for first in range(0, len(strings), SESSIONS):
            asked = strings[first : first + SESSIONS]
            replies = asker.loop.run(_asked(asker, asked), 60)
            for hostile, reply in zip(asked, replies, strict=True):
                if isinstance(reply, BaseException):
                    self.failures.append(f"{hostile.kind} {hostile.text[:200]!r}: {reply!r}")
                else:
                    self.replies.append((hostile, reply))


@pytest.fixture(scope="module")
def run(server_url: str, empty_template: str) -> Iterator[Run]:
    """All strings asked once."""
    made = Run()
    with own_database(server_url, empty_template) as url, recorded_statements() as statements:
        register(url)
        asker = Asker(url, **PATIENT)
        made.contents_before = contents(url)
        half = len(STRINGS) // 2
        with errors_logged() as made.logged:
            made.take(asker, STRINGS[:half])
            made.statements_halfway = set(statements)
            made.take(asker, STRINGS[half:])
        asker.close()
        made.contents, made.statements = contents(url), set(statements)
        yield made


async def _asked(asker: Asker, strings: list[Hostile]) -> list[Reply | BaseException]:
    """The replies, or what was raised instead, of strings in a session each."""
    requests = [
        Request(hostile.text, "en-us", str(session), NOW) for session, hostile in enumerate(strings)
    ]
    asks = (asker.engine.ask(request) for request in requests)
    return await asyncio.gather(*asks, return_exceptions=True)


def test_no_string_ends_in_an_exception(run: Run) -> None:
    assert run.failures == []
    assert len({hostile.text for hostile, _ in run.replies}) >= FEWEST


def test_every_reply_is_an_object_of_the_contract(run: Run) -> None:
    outcomes = set(get_args(Outcome))
    for hostile, reply in run.replies:
        told = json.loads(json.dumps(reply.contract(), allow_nan=False))
        assert told.keys() - {"also"} == KEYS
        assert told["slots"].keys() == EMPTY_SLOTS.keys()
        # JSON makes one character of two halves of a pair that meet by chance.
        assert told["utterance"] == json.loads(json.dumps(hostile.text))
        assert told["outcome"] in outcomes


def test_no_string_is_answered_with_an_error(run: Run) -> None:
    wrong = [(each, reply.issues) for each, reply in run.replies if reply.outcome == "error"]

    assert wrong == []


def test_what_is_ours_is_said_in_words_and_never_by_a_dialogs_name(run: Run) -> None:
    dialogs = load_language("en-us").dialogs
    for hostile, reply in run.replies:
        names = [name for name, _ in reply.dialogs]
        assert reply.speech.strip(), hostile
        assert set(names) <= dialogs.keys()
        assert not [name for name in names if "_" in name and name in reply.speech], hostile


def test_all_kinds_of_outcome_are_met(run: Run) -> None:
    met = {reply.outcome for _, reply in run.replies}

    assert met >= {"answered", "clarify", "unknown_machine", "no_data", "not_understood"}


def test_nothing_is_logged_as_an_error(run: Run) -> None:
    assert run.logged == []


def test_the_database_is_as_it_was(run: Run) -> None:
    assert run.contents == run.contents_before
    assert len(run.contents) > 10


def test_no_statement_is_built_from_what_was_said_or_registered(run: Run) -> None:
    assert run.statements
    assert [text for text in run.statements if MARKER in text] == []


def test_twice_as_many_strings_need_no_more_statements(run: Run) -> None:
    """Which of the rare features comes first in which half is chance; a text in a statement would
    make as many new ones as there are strings."""
    more = run.statements - run.statements_halfway

    assert len(more) < len(run.statements) / 5
    assert len(run.statements) < MOST_STATEMENTS


def test_what_was_said_is_not_said_back_at_length(run: Run) -> None:
    """What an answer says is made of figures, as many as were asked for."""
    unanswered = (reply for _, reply in run.replies if reply.outcome not in ANSWERS)
    longest = max(unanswered, key=lambda reply: len(reply.speech))

    assert max(len(reply.unknown or "") for _, reply in run.replies) <= MOST_UNKNOWN_CHARACTERS
    assert len(longest.speech) <= MOST_SPOKEN_CHARACTERS, longest.utterance[:200]
