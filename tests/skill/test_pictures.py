"""The picture of a baseline on a screen: beside the answer, and never in its way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from enms_core.domain.errors import StorageUnavailable
from enms_core.services.reply import Reply
from skill_enms.pictures import Pictures, drawn
from tests.conftest import Asker

TRAINING = (
    "train a baseline for electricity on hydraulic pump one using production count for the last"
    " twelve months"
)
SEEN = b"\x89PNG a picture"
EXPLAINED = Reply(
    utterance="explain the baseline",
    lang="en-us",
    outcome="answered",
    intent="baseline_explain",
    speech="It explains a lot.",
    data={"seu": "Press-3 electricity", "baseline": {"version": 2}},
)


class FakeScreen:
    """A screen that keeps what it was shown."""

    def __init__(self, connected: bool = True) -> None:
        self.connected = connected
        self.shown: list[tuple[bytes, str | None]] = []

    def show_image(self, url: str, caption: str | None, title: str | None, fill: str) -> None:
        self.shown.append((Path(url).read_bytes(), caption))


def finished(result: bytes | Exception | None) -> Callable[[Any], Future[bytes | None]]:
    """Work that is done as soon as it is begun."""

    def start(_work: Any) -> Future[bytes | None]:
        future: Future[bytes | None] = Future()
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)
        return future

    return start


def joined(thread: threading.Thread | None) -> None:
    assert thread is not None
    thread.join(30)
    assert not thread.is_alive()


def test_an_explained_baseline_is_shown_with_what_was_said() -> None:
    pictures, screen = Pictures(finished(SEEN)), FakeScreen()

    joined(pictures.show(EXPLAINED, screen))

    assert screen.shown == [(SEEN, "It explains a lot.")]
    pictures.close()


@pytest.mark.parametrize(
    "changed",
    [{"intent": "baseline_list"}, {"outcome": "no_data"}, {"data": {"seu": "Press-3"}}],
)
def test_other_answers_have_no_picture(changed: dict[str, Any]) -> None:
    pictures = Pictures(finished(SEEN))

    assert pictures.show(Reply(**{**vars(EXPLAINED), **changed}), FakeScreen()) is None
    pictures.close()


def test_without_a_screen_nothing_is_drawn() -> None:
    begun: list[object] = []
    pictures = Pictures(lambda work: begun.append(work))

    joined(pictures.show(EXPLAINED, FakeScreen(connected=False)))

    assert begun == []
    pictures.close()


def test_a_picture_that_comes_after_the_next_answer_is_not_shown() -> None:
    waiting: Future[bytes | None] = Future()
    pictures, screen = Pictures(lambda _work: waiting), FakeScreen()

    thread = pictures.show(EXPLAINED, screen)
    pictures.show(Reply(**{**vars(EXPLAINED), "intent": "energy"}), screen)
    waiting.set_result(SEEN)
    joined(thread)

    assert screen.shown == []
    pictures.close()


@pytest.mark.parametrize("result", [None, StorageUnavailable("gone")])
def test_where_there_is_no_picture_the_answer_stands_alone(
    result: bytes | Exception | None,
) -> None:
    pictures, screen = Pictures(finished(result)), FakeScreen()

    joined(pictures.show(EXPLAINED, screen))

    assert screen.shown == []
    pictures.close()


def test_no_file_stays_when_the_skill_ends() -> None:
    pictures, screen = Pictures(finished(SEEN)), FakeScreen()
    joined(pictures.show(EXPLAINED, screen))
    folder = Path(pictures._folder.name)

    pictures.close()

    assert not folder.exists()


def test_what_was_trained_by_voice_is_drawn(
    trainable_url: str, engine_on: Callable[..., Asker]
) -> None:
    asker = engine_on(trainable_url)
    asker.ask(TRAINING, session="picture")
    reply = asker.ask("yes", session="picture")

    picture = asker.loop.run(drawn(asker.engine, reply.data, "de-de"), 60)

    assert reply.outcome == "answered", reply.speech
    assert picture is not None and picture.startswith(b"\x89PNG")
    other = {**reply.data, "baseline": {"version": 99}}
    assert asker.loop.run(drawn(asker.engine, other, "de-de"), 60) is None
