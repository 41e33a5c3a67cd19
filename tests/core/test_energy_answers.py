"""What is said beside the number: doubts, refusals, and the words of each aspect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

import pytest

from enms_core.services.reply import Reply
from tests.conftest import Asker
from tests.core.conftest import HOURS, Import

MakeAsker = Callable[..., Asker]


def dialogs_of(reply: Reply) -> list[str]:
    return [name for name, _slots in reply.dialogs]


def slots_of(reply: Reply, dialog: str) -> dict[str, str]:
    return dict(reply.dialogs)[dialog]


class TestDoubts:
    def test_a_day_with_too_many_gaps_is_told_with_the_time_that_is_missing(
        self, plant_asker: Asker
    ) -> None:
        reply = plant_asker.ask("energy of compressor one on the 21st of July 2026")
        assert reply.issues == (
            {
                "code": "readings.coverage_low",
                "energy_source": "electricity",
                "coverage_percent": 75.0,
                "missing_seconds": 21_600.0,
            },
        )
        assert slots_of(reply, "readings_missing") == {"duration": "six hours"}

    def test_a_small_gap_is_told_too(self, plant_asker: Asker) -> None:
        reply = plant_asker.ask("energy of conveyor A on the 6th of November 2026")
        assert [issue["code"] for issue in reply.issues] == ["readings.gap"]
        assert slots_of(reply, "readings_missing") == {"duration": "two hours"}

    def test_a_gap_of_one_carrier_is_told_of_that_carrier(self, plant_asker: Asker) -> None:
        reply = plant_asker.ask("what did boiler one consume on the 2nd of May 2026")
        assert slots_of(reply, "readings_missing_of_source") == {
            "source": "natural gas",
            "duration": "six hours",
        }

    def test_of_several_machines_the_missing_share_is_told(self, plant_asker: Asker) -> None:
        reply = plant_asker.ask(
            "what did all HVACs consume in the week from the 19th to the 25th of January 2026"
        )
        assert slots_of(reply, "readings_missing_share") == {
            "percent": "nine point five two percent"
        }

    def test_complete_readings_raise_no_doubt(self, plant_asker: Asker) -> None:
        reply = plant_asker.ask("energy of compressor one on the 22nd of July 2026")
        assert (reply.issues, dialogs_of(reply)) == ((), ["energy_used", "energy_cost"])

    def test_a_machine_without_readings_among_others_is_named(self, plant_asker: Asker) -> None:
        reply = plant_asker.ask(
            "what did injection molding one and conveyor A consume on the 15th of September 2026"
        )
        assert slots_of(reply, "machine_without_readings") == {"machines": "injection molding one"}
        assert {"code": "readings.machine_missing", "machines": "Injection-Molding-1"} in [
            *reply.issues
        ]


class TestNoNumber:
    def test_a_time_before_all_readings_is_told_with_the_range_there_is(
        self, plant_asker: Asker
    ) -> None:
        reply = plant_asker.ask("energy of compressor one in May 2019")
        assert reply.outcome == "no_data"
        assert reply.data == {
            "first_reading": "2024-10-01T00:00:00+02:00",
            "last_reading": "2026-11-18T10:06:00+01:00",
        }
        assert slots_of(reply, "no_readings_range") == {
            "first": "the first of October twenty twenty four",
            "last": "the eighteenth of November twenty twenty six",
        }

    def test_the_range_ends_where_the_asked_instant_does(self, plant_asker: Asker) -> None:
        asked_at = datetime(2026, 9, 15, 12, 7, tzinfo=timezone.utc)
        reply = plant_asker.ask("electricity used by injection molding one today", now=asked_at)
        assert reply.outcome == "no_data"
        assert reply.data["last_reading"] == "2026-09-14T23:45:00+02:00"

    def test_a_source_that_a_machine_does_not_use_is_told_with_those_it_uses(
        self, plant_asker: Asker
    ) -> None:
        reply = plant_asker.ask("how much gas did conveyor A use last week")
        assert (reply.outcome, reply.data) == ("no_data", {"available_sources": ["electricity"]})
        assert slots_of(reply, "source_not_used") == {
            "asked": "natural gas",
            "scope": "conveyor A",
            "available": "electricity",
        }

    def test_a_time_that_has_not_come_holds_no_energy(self, plant_asker: Asker) -> None:
        reply = plant_asker.ask("consumption of compressor one on the 1st of January 2030")
        assert (reply.outcome, dialogs_of(reply)) == ("no_data", ["period_not_begun"])
        assert reply.data == {}

    def test_a_date_that_no_calendar_has_is_refused(self, plant_asker: Asker) -> None:
        reply = plant_asker.ask("what did compressor one consume on the 30th of February")
        assert (reply.outcome, dialogs_of(reply)) == ("no_data", ["period_impossible"])
        assert reply.slots["period"] is None

    def test_an_empty_database_says_that_there_are_no_machines(
        self, empty_url: str, engine_on: MakeAsker
    ) -> None:
        reply = engine_on(empty_url).ask("how much energy did we use yesterday")
        assert (reply.outcome, dialogs_of(reply)) == ("no_data", ["no_machines"])

    def test_a_machine_asked_of_an_empty_database_is_unknown(
        self, empty_url: str, engine_on: MakeAsker
    ) -> None:
        reply = engine_on(empty_url).ask("how much energy did boiler two use yesterday")
        assert (reply.outcome, dialogs_of(reply)) == ("unknown_machine", ["unknown_machine_none"])


class TestNotAnswered:
    def test_an_unknown_machine_is_never_the_whole_factory(self, plant_asker: Asker) -> None:
        reply = plant_asker.ask("what did turbine two consume yesterday")
        assert (reply.outcome, reply.unknown, reply.data) == ("unknown_machine", "turbine two", {})
        assert slots_of(reply, "unknown_machine") == {
            "unknown": "turbine two",
            "machines": "boiler one, compressor one, compressor E U one and eight more",
        }

    def test_an_unknown_carrier_is_told_with_those_there_are(self, plant_asker: Asker) -> None:
        reply = plant_asker.ask("how much hydrogen did the plant consume last week")
        assert (reply.outcome, reply.unknown) == ("unknown_source", "hydrogen")
        assert slots_of(reply, "unknown_source") == {
            "unknown": "hydrogen",
            "sources": "electricity, natural gas, steam and one more",
        }

    @pytest.mark.parametrize(
        ("said", "intent", "metric"),
        [
            ("how much energy will we need tomorrow", "forecast", "energy"),
            ("were there any anomalies yesterday", "anomaly_list", "list"),
        ],
    )
    def test_what_is_not_built_is_said_to_be_not_built(
        self, plant_asker: Asker, said: str, intent: str, metric: str
    ) -> None:
        reply = plant_asker.ask(said)
        assert (reply.outcome, reply.intent, reply.slots["metric"]) == ("not_yet", intent, metric)
        assert (dialogs_of(reply), reply.data) == (["not_yet"], {})

    def test_what_is_not_ours_is_not_understood(self, plant_asker: Asker) -> None:
        reply = plant_asker.ask("will it rain in Berlin on Sunday")
        assert (reply.outcome, reply.intent, reply.is_ours) == ("not_understood", None, False)


class TestMetrics:
    @pytest.mark.parametrize(
        ("said", "metric", "dialogs"),
        [
            (
                "hourly energy for compressor one last week",
                "by_hour",
                ["energy_used", "energy_most_and_least"],
            ),
            (
                "the average daily consumption of compressor one last week",
                "average",
                ["energy_average"],
            ),
            ("consumption trend of HVAC main this month", "trend", ["energy_steady"]),
            (
                "energy of compressor one by day last week",
                "by_day",
                ["energy_used", "energy_most_and_least"],
            ),
        ],
    )
    def test_an_aspect_of_energy_is_answered_in_its_own_words(
        self, plant_asker: Asker, said: str, metric: str, dialogs: list[str]
    ) -> None:
        reply = plant_asker.ask(said)
        assert (reply.outcome, reply.slots["metric"]) == ("answered", metric)
        assert dialogs_of(reply) == dialogs

    def test_an_average_leaves_out_the_time_without_readings(self, plant_asker: Asker) -> None:
        reply = plant_asker.ask("average energy of compressor one on the 21st of July 2026")
        assert dialogs_of(reply) == ["energy_average", "energy_missing_left_out"]
        assert slots_of(reply, "energy_missing_left_out") == {"duration": "six hours"}

    def test_the_cost_of_a_total_is_said_in_its_currency(self, plant_asker: Asker) -> None:
        reply = plant_asker.ask("what did compressor US one consume yesterday")
        assert dialogs_of(reply) == ["energy_used", "energy_cost"]
        assert slots_of(reply, "energy_cost")["cost"].endswith(" dollars")


class TestCoarseMeter:
    def test_a_window_that_hours_do_not_fill_is_told(
        self, empty_url: str, imported: Import, engine_on: Callable[..., Asker]
    ) -> None:
        """At 2:20 the last two hours of hourly readings are one hour: the one from 1 to 2."""
        imported(HOURS[:2])
        asker = engine_on(empty_url)
        now = datetime(2026, 3, 2, 1, 20, tzinfo=timezone.utc)
        reply = asker.ask("how much energy did press three use in the last two hours", now=now)
        assert reply.data["energy_kwh"] == 2.5
        assert [issue["code"] for issue in reply.issues] == ["readings.window"]
        assert slots_of(reply, "readings_window") == {"duration": "one hour"}
