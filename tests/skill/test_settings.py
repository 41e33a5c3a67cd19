"""The skill's settings: in the file with their keys, taken over while the skill runs."""

from __future__ import annotations

import json
from pathlib import Path

from enms_core.settings import Settings
from skill_enms.options import DEFAULTS, Options, options_of
from tests.skill.conftest import Croft

QUESTION = "how much energy did compressor one use in october 2026"


def test_every_setting_stands_in_the_file_to_be_found(croft: Croft) -> None:
    written = json.loads(Path(croft.skill.settings_path).read_text())

    assert set(DEFAULTS) <= set(written)


def test_another_database_answers_without_a_restart(croft: Croft, empty_url: str) -> None:
    before = croft.hear(QUESTION, session="moved")
    with croft.settings(database_url=empty_url):
        elsewhere = croft.hear("how much energy did we use in october 2026", session="moved")
    after = croft.hear(QUESTION, session="moved")

    assert before.speech[0].startswith("Compressor one ")
    assert elsewhere.speech == [
        "There are no machines in the energy database yet. Import some readings first."
    ]
    assert after.values()["values"] == before.values()["values"]


def test_what_was_said_is_remembered_across_a_change(croft: Croft) -> None:
    said = croft.hear(QUESTION, session="kept")
    with croft.settings(verbosity="brief"):
        again = croft.hear("say that again", session="kept")

    assert again.speech == said.speech


def test_the_site_of_the_device_is_what_the_factory_means(croft: Croft) -> None:
    with croft.settings(site="European Production Facility"):
        heard = croft.hear("how much electricity did we use in october 2026", session="site")

    assert heard.speech[0].startswith("The whole factory ")
    assert (
        croft.hear("how much electricity did we use in october 2026")
        .speech[0]
        .startswith("All sites together ")
    )


def test_quiet_answers_are_shown_and_not_spoken(croft: Croft) -> None:
    with croft.settings(quiet=True):
        heard = croft.hear(QUESTION, session="quiet")

    assert heard.speech == []
    assert heard.values()["text"].startswith("Compressor one ")
    shown = [m for m in heard.messages if m.msg_type == "ovos.notification.api.set"]
    assert shown[0].data["text"] == heard.values()["text"]


def test_what_is_asked_back_is_spoken_in_quiet_mode_too(croft: Croft) -> None:
    with croft.settings(quiet=True):
        asked = croft.hear("how much energy did the compressor use in october 2026", session="q2")
        unknown = croft.hear("how much energy did turbine two use yesterday", session="q2")

    assert "compressor E U one" in asked.speech[0]
    assert "turbine two" in unknown.speech[0]


def test_a_wrong_value_leaves_the_default_and_the_other_settings(tmp_path: Path) -> None:
    options = options_of({"week_start": "tuesday", "site": "Here", "data_dir": str(tmp_path)})

    assert options.core.week_start == 0
    assert options.core.site == "Here"
    assert options.core.data_dir == tmp_path


def test_a_database_that_cannot_be_is_never_taken_for_none() -> None:
    """Else the device would tell the figures of the demo plant."""
    assert options_of({"database_url": 5432}).core.database_url == "5432"


def test_empty_values_count_as_not_set(tmp_path: Path) -> None:
    options = options_of({**DEFAULTS, "data_dir": str(tmp_path), "week_start": 0})

    assert options == Options(Settings(data_dir=tmp_path, week_start=0), quiet=False)
