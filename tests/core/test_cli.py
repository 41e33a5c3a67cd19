"""The command line: its JSON, its exit codes, its files of questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from enms_cli.main import main
from tests.conftest import PLANT_NOW

NOW = PLANT_NOW.isoformat()
QUESTION = "how much energy did compressor one use yesterday"
KEYS = {
    "utterance", "lang", "outcome", "intent", "confidence", "slots", "choices", "unknown",
    "dialogs", "speech", "data", "issues", "elapsed_ms",
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_the_plant(plant_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENMS_DATABASE_URL", plant_url)
    monkeypatch.setenv("ENMS_DATA_DIR", str(tmp_path / "data"))


def replies(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict]]:
    code = main([*arguments, "--json", "--now", NOW])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_question_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, [reply] = replies(capsys, "ask", QUESTION)

    assert (code, set(reply)) == (0, KEYS)
    assert (reply["outcome"], reply["intent"]) == ("answered", "energy")
    assert reply["slots"]["machines"] == ["Compressor-1"]
    assert reply["data"]["energy_kwh"] > 0


def test_understanding_answers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    _, [reply] = replies(capsys, "understand", QUESTION)

    assert (reply["outcome"], reply["speech"], reply["data"]) == ("answered", "", {})


def test_a_session_goes_on_in_the_next_call(capsys: pytest.CaptureFixture[str]) -> None:
    _, [first] = replies(capsys, "ask", QUESTION, "--session", "mine")
    _, [again] = replies(capsys, "ask", "say that again", "--session", "mine")
    _, [other] = replies(capsys, "ask", "say that again")

    assert (again["speech"], again["slots"]) == (first["speech"], first["slots"])
    assert other["dialogs"] == [["nothing_to_repeat", {}]]


def test_each_line_of_a_file_is_answered_and_a_bad_one_is_its_own_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        QUESTION,
        "",
        "say that again",
        json.dumps({"utterance": QUESTION, "session": 5}),
        json.dumps({"utterance": "say that again", "session": 5}),
        '{"utterance": "how much", "now": "soon"}',
        '{"utterance": null}',
        '{"utterance": "wie viel", "lang": "xx"}',
        "what is the weather",
    ]
    path = tmp_path / "questions.txt"
    path.write_text("\n".join(lines), encoding="utf-8")

    code, found = replies(capsys, "ask", "--file", str(path))

    assert code == 1
    assert [reply["outcome"] for reply in found] == [
        "answered", "no_data", "answered", "answered", "error", "error", "error", "not_understood",
    ]  # fmt: skip
    assert found[3]["speech"] == found[2]["speech"]


def test_a_database_that_is_away_is_an_error_in_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENMS_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")

    for command in ("ask", "understand"):
        code, [reply] = replies(capsys, command, QUESTION)

        assert (code, reply["outcome"]) == (1, "error")
        assert reply["dialogs"] == [["database_unreachable", {}]]


def test_an_embedded_server_that_cannot_start_is_an_error_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ENMS_DATABASE_URL")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "postgresql").write_text("not a folder")

    code, [reply] = replies(capsys, "ask", QUESTION)

    assert (code, reply["outcome"]) == (1, "error")


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", QUESTION, "--now", "soon"],
        ["ask", QUESTION, "--lang", "xx"],
        ["ask", "--file", "there-is-no-such-file"],
        ["import", "file.csv"],
        ["unheard-of"],
    ],
)
def test_wrong_usage_ends_with_two(arguments: list[str]) -> None:
    try:
        code = main(arguments)
    except SystemExit as ended:
        code = int(ended.code or 0)

    assert code == 2


def test_a_site_that_is_no_factory_is_an_error_and_never_another_factory(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENMS_SITE", "Nowhere")
    code, [lost] = replies(capsys, "ask", "how much energy did we use yesterday")
    monkeypatch.setenv("ENMS_SITE", "european production facility")
    _, [home] = replies(capsys, "ask", "how much energy did we use yesterday")

    assert (code, lost["outcome"], lost["data"]) == (1, "error", {})
    assert [each["machine"] for each in home["data"]["machines"]] == [
        "Compressor-EU-1",
        "HVAC-EU-North",
    ]


def test_a_note_for_the_embedded_database_never_seeds_a_server(
    empty_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """An interrupted first start leaves the note; a server named afterwards is somebody's own."""
    monkeypatch.setenv("ENMS_DATABASE_URL", empty_url)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "unseeded").touch()
    file = tmp_path / "meter.csv"
    file.write_text("time,kwh\n2026-03-02 00:00,1\n2026-03-02 01:00,2\n", encoding="utf-8")

    imported = ["import", str(file), "--machine", "Press 3", "--source", "electricity"]
    code = main([*imported, "--factory", "Plant North", "--timezone", "Europe/Berlin"])
    main(["db", "status"])

    assert code == 0
    assert "factories: Plant North\n" in capsys.readouterr().out


def test_a_data_folder_that_cannot_be_made_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder")
    monkeypatch.setenv("ENMS_DATA_DIR", str(in_the_way))
    monkeypatch.delenv("ENMS_DATABASE_URL", raising=False)

    code = main(["db", "status"])

    assert code == 1
    assert capsys.readouterr().err == (
        f"enms: the energy database cannot be reached: {in_the_way}: File exists\n"
    )
