"""The list of refused messages: whatever a message holds, it can be written and read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from enms_cli.refusals import write_refusals
from enms_core.domain.errors import StorageError
from enms_core.domain.imports import Reason
from enms_core.domain.messages import LiveReason, Message, Refusal


@pytest.mark.parametrize(
    ("text", "topic", "detail"),
    [
        (b'{"v": 1}', "plant/M1", "Münze"),
        (b'{"v": "\\ud800"}', None, "\ud800"),
        (b"{}", "plant/\udfff", ""),
        (b"\xff\x00", None, "\x00"),
        (b"{}", None, "one\ntwo\u2028three"),
    ],
)
def test_any_message_is_one_line_that_tells_it(
    text: bytes, topic: str | None, detail: str, tmp_path: Path
) -> None:
    """Half a surrogate pair, which JSON can tell, ended the listener once."""
    path = tmp_path / "refused.jsonl"
    message = Message(text, topic, lambda: None)
    write_refusals(path, [Refusal(message, Reason.NO_NUMBER, detail)])
    write_refusals(path, [Refusal(message, LiveReason.NO_JSON)])
    first, second, end = path.read_bytes().decode("utf-8").split("\n")
    assert end == ""
    assert json.loads(first) == {
        "topic": topic,
        "message": text.decode(errors="backslashreplace"),
        "reason": Reason.NO_NUMBER.value,
        "detail": detail,
    }
    assert json.loads(second)["reason"] == LiveReason.NO_JSON.value


def test_a_list_that_cannot_be_written_is_an_error_of_storing(tmp_path: Path) -> None:
    message = Message(b"{}", None, lambda: None)
    with pytest.raises(StorageError, match="cannot be written"):
        write_refusals(tmp_path, [Refusal(message, LiveReason.NO_RULE)])


def test_without_refusals_there_is_no_list(tmp_path: Path) -> None:
    write_refusals(tmp_path / "refused.jsonl", [])
    assert not list(tmp_path.iterdir())
