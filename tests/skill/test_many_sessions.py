"""Programs that hold conversations at once over the message bus, each in a thread of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ovos_bus_client.message import Message

from skill_enms.topics import BUS_ASK
from tests.conftest import PLANT_NOW
from tests.sessions import ROUNDS, Said, conversations
from tests.skill.conftest import Croft

# One of the rounds that the core's test holds.
CONVERSATIONS = {session: said[: len(said) // ROUNDS] for session, said in conversations().items()}


def held(croft: Croft, session: str, conversation: list[Said]) -> list[dict[str, Any]]:
    """The answers that came to this session's own topic."""
    topic = f"answer.{session}"
    answers = []
    for said in conversation:
        request = {"utterance": said.text, "session": session, "now": PLANT_NOW.isoformat()}
        response = croft.bus.wait_for_response(
            Message(BUS_ASK, {**request, "reply_to": topic}), topic, timeout=20
        )
        assert response is not None
        answers.append(response.data)
    return answers


def test_each_of_ten_programs_gets_the_answers_to_its_own_questions(croft: Croft) -> None:
    with ThreadPoolExecutor(len(CONVERSATIONS)) as threads:
        started = {
            session: threads.submit(held, croft, session, said)
            for session, said in CONVERSATIONS.items()
        }
        answers = {session: each.result() for session, each in started.items()}

    for session, conversation in CONVERSATIONS.items():
        for said, answer in zip(conversation, answers[session], strict=True):
            assert answer["utterance"] == said.text
            assert answer["outcome"] == said.outcome, answer
            if said.machine is not None:
                assert answer["slots"]["machines"] == [said.machine], (session, answer)
