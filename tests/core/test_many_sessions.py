"""Ten conversations at once over one engine: each hears about its own machine, as if it were alone.

Nothing here is about time: benchmarks/sessions.py measures.
"""

from __future__ import annotations

import asyncio

import pytest

from enms_core.services.reply import Reply
from enms_core.services.request import Request
from tests.conftest import PLANT_NOW, Asker
from tests.sessions import Said, conversations

QUESTIONS = 300
CONVERSATIONS = conversations()

Replies = dict[str, list[Reply]]


@pytest.fixture(scope="module")
def together(plant_asker: Asker) -> Replies:
    """The replies of all conversations held at once, by session."""
    return plant_asker.loop.run(_held_together(plant_asker), 120)


async def _held_together(plant_asker: Asker) -> Replies:
    held = await asyncio.gather(*(_held(plant_asker, *each) for each in CONVERSATIONS.items()))
    return dict(zip(CONVERSATIONS, held, strict=True))


async def _held(plant_asker: Asker, session: str, conversation: list[Said]) -> list[Reply]:
    """One conversation, each question after the answer to the one before."""
    return [
        await plant_asker.engine.ask(Request(said.text, "en-us", session, PLANT_NOW))
        for said in conversation
    ]


def test_no_question_of_ten_conversations_at_once_fails(together: Replies) -> None:
    replies = [reply for conversation in together.values() for reply in conversation]

    assert len(replies) == QUESTIONS
    assert "error" not in {reply.outcome for reply in replies}


def test_each_answer_is_about_its_own_sessions_machine(together: Replies) -> None:
    for session, conversation in CONVERSATIONS.items():
        for said, reply in zip(conversation, together[session], strict=True):
            assert reply.outcome == said.outcome, (session, said, reply.speech)
            if said.machine is not None:
                assert reply.slots["machines"] == [said.machine], (session, said, reply.speech)


def test_each_conversation_is_word_for_word_the_one_that_is_held_alone(
    plant_asker: Asker, together: Replies
) -> None:
    for session, conversation in CONVERSATIONS.items():
        alone = plant_asker.loop.run(_held(plant_asker, f"alone {session}", conversation), 120)
        assert [_told(reply) for reply in together[session]] == [_told(reply) for reply in alone]


def _told(reply: Reply) -> dict[str, object]:
    """All of a reply but how long it took."""
    return {**reply.contract(), "elapsed_ms": None}
