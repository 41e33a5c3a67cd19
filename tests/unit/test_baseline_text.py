"""What the baseline commands print, read and write, without a database."""

from __future__ import annotations

import doctest
import os
import stat
from datetime import datetime, timezone
from pathlib import Path
from typing import Literal, get_args
from uuid import UUID

import pytest

from enms_cli import baseline_output, baseline_words, days, seu_names, tables
from enms_cli.baseline_choice import Span, bounds
from enms_cli.baseline_sheet import sheet
from enms_cli.baseline_words import doubts, equation_line, samples_line, verdict
from enms_cli.days import begin_of, end_of, moment
from enms_cli.seu_names import seu_named
from enms_cli.tables import table
from enms_cli.whole_file import write_whole
from enms_core.domain import baseline as known
from enms_core.domain.baseline import (
    Baseline,
    Equation,
    Model,
    ModelWarning,
    RuleBroken,
    Sampling,
    Term,
    Verdict,
)
from enms_core.domain.baseline_answers import NotFitted, TrainingRefused
from enms_core.domain.baseline_asking import DriverFault
from enms_core.domain.catalogue import Catalogue, EnergySource, Factory, Machine, Seu
from enms_core.domain.intents import LAST_12_MONTHS
from enms_core.domain.question import Question, Scope
from enms_core.domain.seu import SeuOfSource

SITE, PRESS, SAW, POWER, AIR = (UUID(int=number) for number in range(1, 6))
FACTORY = Factory(SITE, "Works", "Europe/Berlin")
MACHINES = (
    Machine(PRESS, SITE, "Press-3", "press", ("Old Betty",)),
    Machine(SAW, SITE, "Saw-1", "saw"),
)
SOURCES = (
    EnergySource(POWER, "electricity", "kWh", True, "energy_readings", "energy_kwh"),
    EnergySource(AIR, "compressed_air", "Nm³", False, "air", "m3"),
)
SEUS = (
    Seu(UUID(int=11), "Press-3 electricity", POWER, (PRESS,)),
    Seu(UUID(int=12), "Press-3 air", AIR, (PRESS,)),
    Seu(UUID(int=13), "Saws", POWER, (SAW,)),
)
CATALOGUE = Catalogue(factories=(FACTORY,), machines=MACHINES, sources=SOURCES, seus=SEUS)
OF = SeuOfSource(SEUS[0], SOURCES[0], MACHINES[:1])
EQUATION = Equation(
    "hour", 2.5, (Term("pieces", 0.125), Term("heat", -30.0, "heating", base_temperature_degc=15.5))
)


@pytest.mark.parametrize("module", [tables, days, seu_names])
def test_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


class TestNames:
    @pytest.mark.parametrize(
        ("name", "source", "found"),
        [
            ("press-3 ELECTRICITY", None, "Press-3 electricity"),
            ("Press_3", "electricity", None),
            ("press-3", "Compressed Air", "Press-3 air"),
            ("old betty", "compressed_air", "Press-3 air"),
            ("saw-1", None, "Saws"),
        ],
    )
    def test_an_seu_is_found_by_its_name_or_its_machine(
        self, name: str, source: str | None, found: str | None
    ) -> None:
        if found is None:
            with pytest.raises(ValueError, match="is it 'Press-3"):
                seu_named(name, source, CATALOGUE)
        else:
            assert seu_named(name, source, CATALOGUE).seu.name == found

    def test_several_that_may_be_meant_are_told_with_their_sources(self) -> None:
        with pytest.raises(ValueError, match=r"Press-3 air \(compressed_air\); --source"):
            seu_named("Press-3", None, CATALOGUE)

    def test_without_any_seu_that_is_said(self) -> None:
        with pytest.raises(ValueError, match="there are none"):
            seu_named("Press-3", None, Catalogue())


class TestTimes:
    def test_a_day_is_midnight_to_midnight_of_the_site_also_when_the_clocks_change(self) -> None:
        day = moment("2026-10-25")

        begin, end = begin_of(day, FACTORY.zone), end_of(day, FACTORY.zone)

        assert begin.isoformat() == "2026-10-25T00:00:00+02:00"
        assert end.isoformat() == "2026-10-26T00:00:00+01:00"

    def test_a_time_ends_a_period_as_it_is(self) -> None:
        end = end_of(moment("2026-10-25T06:00"), FACTORY.zone)

        assert end.isoformat() == "2026-10-25T06:00:00+01:00"

    def test_an_offset_is_kept_as_an_instant(self) -> None:
        begin = begin_of(moment("2026-03-01T00:00Z"), FACTORY.zone)

        assert begin == datetime(2026, 3, 1, tzinfo=timezone.utc)

    @pytest.mark.parametrize(
        ("begin", "end", "said"),
        [
            ("2026-05-05", "2026-05-04", "--to 2026-05-04 must come after --from 2026-05-05"),
            ("2026-05-05T06:00+02:00", "2026-05-05T06:00",
             "--to 2026-05-05 06:00 must come after --from 2026-05-05 06:00 +02:00"),
        ],
    )  # fmt: skip
    def test_an_end_before_the_begin_is_refused_as_it_was_written(
        self, begin: str, end: str, said: str
    ) -> None:
        with pytest.raises(ValueError) as caught:
            bounds(Span(moment(begin), moment(end)), OF, CATALOGUE)

        assert str(caught.value) == said


class TestFiles:
    def test_a_new_file_gets_the_rights_that_any_file_gets(self, tmp_path: Path) -> None:
        before = os.umask(0o027)
        try:
            write_whole(tmp_path / "new", b"content")
        finally:
            os.umask(before)

        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640

    def test_a_link_stays_and_what_it_leads_to_is_replaced(self, tmp_path: Path) -> None:
        (tmp_path / "there").write_bytes(b"old")
        (tmp_path / "link").symlink_to("there")

        write_whole(tmp_path / "link", b"new")

        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "there").read_bytes() == b"new"

    def test_what_is_no_file_is_written_to_and_not_replaced(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)

        write_whole(tmp_path / "pipe", b"content")

        assert os.read(reader, 100) == b"content"
        assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
        os.close(reader)

    def test_a_failure_leaves_the_old_file_and_nothing_beside(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "there").write_bytes(b"old")

        def full(_handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(ValueError, match="there cannot be written: No space left"):
            write_whole(tmp_path / "there", b"new")

        assert (tmp_path / "there").read_bytes() == b"old"
        assert os.listdir(tmp_path) == ["there"]


class TestWords:
    def test_an_equation_has_its_unit_its_signs_and_its_base_temperatures(self) -> None:
        assert equation_line(EQUATION, OF) == (
            "electricity [kWh] of one hour = 2.5 + 0.125 * pieces - 30 * heat (base 15.5 °C)"
        )

    def test_samples_are_told_with_what_was_left_out(self) -> None:
        sampling = Sampling(8760, 6900, {"stopped": 1850, "incomplete": 10})

        assert samples_line(sampling, "hour") == (
            "6,900 of 8,760 hours; left out: 1,850 stopped, 10 incomplete"
        )

    @pytest.mark.parametrize("rule", get_args(known.Rule))
    def test_every_rule_that_is_broken_has_words(self, rule: known.Rule) -> None:
        broken = Verdict((RuleBroken(rule, 0.25, 0.5, "pieces"),))

        [line] = doubts(Model(EQUATION, verdict=broken))

        assert line.startswith("rule broken: ") and "0.25" in line
        assert verdict(Model(EQUATION, verdict=broken)) == "not valid"

    @pytest.mark.parametrize("warning", get_args(known.Warning_))
    def test_every_warning_has_words(self, warning: known.Warning_) -> None:
        warned = Verdict((), (ModelWarning(warning, "pieces", 3.0),))

        [line] = doubts(Model(EQUATION, verdict=warned))

        assert line.startswith("warning: ")
        assert verdict(Model(EQUATION, verdict=warned)) == "valid"

    @pytest.mark.parametrize(
        ("reason", "drivers", "said"),
        [
            ("busy", (), "it is being trained by somebody else at this moment"),
            ("no_spread", (), "nothing to explain: its use is the same all the time"),
            (
                "no_spread",
                ("heat", "pieces"),
                "nothing to learn from: the same all the time: heat, pieces",
            ),
            (
                "dependent",
                ("heat",),
                "the other drivers already say all of this, leave it out: heat",
            ),
            ("no_driver", (), "no driver that is known explains its use"),
        ],
    )
    def test_every_reason_of_a_training_that_is_refused_has_words_of_its_own(
        self, reason: Literal["busy"] | NotFitted, drivers: tuple[str, ...], said: str
    ) -> None:
        asked = Question("baseline_train", Scope("machines", (PRESS,)), LAST_12_MONTHS)
        answer = TrainingRefused(question=asked, of=OF, reason=reason, drivers=drivers)

        assert baseline_output.refusal(answer) == f"Press-3 electricity: {said}"

    def test_a_base_at_the_edge_is_told_with_its_temperature(self) -> None:
        warned = Verdict((), (ModelWarning("base_at_edge", "heat", 24.9),))

        assert doubts(Model(EQUATION, verdict=warned)) == [
            "warning: heat count from 24.9 °C, at the edge of what was seen: not sure"
        ]

    def test_every_reason_and_every_fault_has_words(self) -> None:
        assert set(baseline_words.LEFT_OUT) == set(get_args(known.Reason))
        assert set(baseline_output.FAULTS) == set(get_args(DriverFault))

    def test_a_model_of_another_program_says_that_its_statistics_are_unknown(self) -> None:
        foreign = Baseline(SEUS[0].id, POWER, 0, Model(EQUATION), True, None, None)

        lines = sheet(OF, foreign, FACTORY.zone)

        assert lines[0] == "Press-3 electricity, version 0: active, statistics unknown"
        assert lines[-1] == "statistics unknown: the model was not trained here"
        assert any(line.split()[:2] == ["pieces", "0.125"] for line in lines)

    def test_when_it_was_trained_is_told_in_local_time(self) -> None:
        noon = datetime(2026, 7, 1, 12, tzinfo=timezone.utc)
        made = Baseline(SEUS[0].id, POWER, 3, Model(EQUATION), True, None, noon, "Ada")

        assert "trained          2026-07-01 14:00 Europe/Berlin by Ada" in sheet(
            OF, made, FACTORY.zone
        )


def test_columns_are_aligned_whatever_their_letters() -> None:
    lines = table([["a", "b"], ["Zähler", "1"], ["x", "1,000"]])

    assert lines == ["a           b", "Zähler      1", "x       1,000"]
