"""Many trainings, one after the other and at once: each of other readings is a version of its own,
none is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest

from enms_core.services.reply import Reply
from enms_core.services.request import Request
from tests.conftest import PLANT_NOW, Asker
from tests.core.conftest import rows

IN_A_ROW = 20
ONE_SEU = "train a baseline for electricity on conveyor A using production count for last year"
# Of other readings each, or it would be the same version again.
OF_LATELY = (
    "train a baseline for electricity on conveyor A using production count for the last {} days"
)
FIVE_SEUS = (
    ONE_SEU,
    "train a baseline for electricity on compressor one using production count for last year",
    "train a baseline for electricity on hydraulic pump one using production count for last year",
    "train a baseline for natural gas on boiler one using steam output for last year",
    "train electricity of injection molding one using production count for last year",
)
VERSIONS = """
SELECT s.name, array_agg(b.model_version ORDER BY b.model_version),
       count(*) FILTER (WHERE b.is_active)
FROM energy_baselines AS b JOIN seus AS s ON s.id = b.seu_id GROUP BY 1 ORDER BY 1
"""
LOGGED = "SELECT count(*) FROM audit_log WHERE what LIKE 'baseline.%'"


@pytest.fixture
def asker(trainable_url: str, engine_on: Callable[..., Asker]) -> Iterator[Asker]:
    yield engine_on(trainable_url)


async def _trained(asker: Asker, sentence: str, session: str) -> Reply:
    asked = await asker.engine.ask(Request(sentence, "en-us", session, PLANT_NOW))
    assert asked.outcome == "clarify", asked.speech
    return await asker.engine.ask(Request("yes", "en-us", session, PLANT_NOW))


async def _at_once(asker: Asker, sentences: tuple[str, ...]) -> list[Reply]:
    return await asyncio.gather(
        *(_trained(asker, sentence, f"s{n}") for n, sentence in enumerate(sentences))
    )


def test_twenty_trainings_by_voice_are_twenty_versions_of_which_the_last_is_active(
    asker: Asker, trainable_url: str
) -> None:
    for number in range(IN_A_ROW):
        sentence = OF_LATELY.format(100 + number)
        reply = asker.loop.run(_trained(asker, sentence, "row"), 60)
        assert reply.outcome == "answered", reply.speech

    [(_, versions, active)] = rows(trainable_url, VERSIONS)
    assert versions == list(range(1, IN_A_ROW + 1))
    assert active == 1
    newest = "SELECT model_version FROM energy_baselines WHERE is_active"
    assert rows(trainable_url, newest) == [(IN_A_ROW,)]
    assert rows(trainable_url, LOGGED) == [(IN_A_ROW,)]


def test_five_uses_are_trained_at_once(asker: Asker, trainable_url: str) -> None:
    replies = asker.loop.run(_at_once(asker, FIVE_SEUS), 120)

    assert [reply.outcome for reply in replies] == ["answered"] * len(FIVE_SEUS)
    stored = rows(trainable_url, VERSIONS)
    assert [versions for _, versions, _ in stored] == [[1]] * len(FIVE_SEUS)


def test_one_use_trained_by_five_at_once_has_a_version_of_each_that_was_told_so(
    asker: Asker, trainable_url: str
) -> None:
    sentences = tuple(OF_LATELY.format(100 + number) for number in range(5))

    replies = asker.loop.run(_at_once(asker, sentences), 120)

    told = [reply.data["baseline"]["version"] for reply in replies if reply.outcome == "answered"]
    assert told
    assert all(reply.outcome in ("answered", "no_data") for reply in replies)
    [(_, versions, active)] = rows(trainable_url, VERSIONS)
    assert sorted(told) == versions
    assert active == 1


def test_the_same_trained_by_five_at_once_is_stored_once(asker: Asker, trainable_url: str) -> None:
    replies = asker.loop.run(_at_once(asker, (ONE_SEU,) * 5), 120)

    done = [reply.data for reply in replies if reply.outcome == "answered"]
    assert [each["is_unchanged"] for each in done].count(False) == 1
    [(_, versions, active)] = rows(trainable_url, VERSIONS)
    assert (versions, active) == ([1], 1)
    assert rows(trainable_url, LOGGED) == [(1,)]
