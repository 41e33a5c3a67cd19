"""What is said beside the number: doubts, refusals, questions back, and the contract's shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone

import pytest

from enms_core.services.reply import Reply
from tests.conftest import PLANT_NOW, Asker
from tests.core.conftest import HOURS, Import

MakeAsker = Callable[..., Asker]

CONTRACT_KEYS = """
utterance lang outcome intent confidence slots choices unknown dialogs speech data issues elapsed_ms
"""
SLOT_KEYS = """
machines energy_source period compared_to metric count drivers conditions horizon severity threshold
plan person date progress topic kind
"""
SOURCE_KEYS = {
    "energy_source",
    "quantity",
    "unit",
    "energy_kwh",
    "is_purchased",
    "readings",
    "coverage_percent",
    "first_reading",
    "last_reading",
}


@pytest.fixture(scope="module")
def plant(plant_url: str) -> Iterator[Asker]:
    made = Asker(plant_url)
    yield made
    made.close()


def dialogs_of(reply: Reply) -> list[str]:
    return [name for name, _slots in reply.dialogs]


def slots_of(reply: Reply, dialog: str) -> dict[str, str]:
    return dict(reply.dialogs)[dialog]


class TestDoubts:
    def test_a_day_with_too_many_gaps_is_told_with_the_time_that_is_missing(
        self, plant: Asker
    ) -> None:
        reply = plant.ask("energy of compressor one on the 21st of July 2026")
        assert reply.issues == (
            {
                "code": "readings.coverage_low",
                "energy_source": "electricity",
                "coverage_percent": 75.0,
                "missing_seconds": 21_600.0,
            },
        )
        assert slots_of(reply, "readings_missing") == {"duration": "six hours"}

    def test_a_small_gap_is_told_too(self, plant: Asker) -> None:
        reply = plant.ask("energy of conveyor A on the 6th of November 2026")
        assert [issue["code"] for issue in reply.issues] == ["readings.gap"]
        assert slots_of(reply, "readings_missing") == {"duration": "two hours"}

    def test_a_gap_of_one_carrier_is_told_of_that_carrier(self, plant: Asker) -> None:
        reply = plant.ask("what did boiler one consume on the 2nd of May 2026")
        assert slots_of(reply, "readings_missing_of_source") == {
            "source": "natural gas",
            "duration": "six hours",
        }

    def test_of_several_machines_the_missing_share_is_told(self, plant: Asker) -> None:
        reply = plant.ask("what did all HVACs consume in the week from the 19th to the 25th of "
                          "January 2026")  # fmt: skip
        assert slots_of(reply, "readings_missing_share") == {"percent": "nine point five two"}

    def test_complete_readings_raise_no_doubt(self, plant: Asker) -> None:
        reply = plant.ask("energy of compressor one on the 22nd of July 2026")
        assert (reply.issues, dialogs_of(reply)) == ((), ["energy_used", "energy_cost"])

    def test_a_machine_without_readings_among_others_is_named(self, plant: Asker) -> None:
        reply = plant.ask("what did injection molding one and conveyor A consume on the 15th of "
                          "September 2026")  # fmt: skip
        assert slots_of(reply, "machine_without_readings") == {"machines": "injection molding one"}
        assert {"code": "readings.machine_missing", "machines": "Injection-Molding-1"} in [
            *reply.issues
        ]


class TestNoNumber:
    def test_a_time_before_all_readings_is_told_with_the_range_there_is(self, plant: Asker) -> None:
        reply = plant.ask("energy of compressor one in May 2019")
        assert reply.outcome == "no_data"
        assert reply.data == {
            "first_reading": "2024-10-01T00:00:00+02:00",
            "last_reading": "2026-11-18T10:06:00+01:00",
        }
        assert slots_of(reply, "no_readings_range") == {
            "first": "the first of October twenty twenty four",
            "last": "the eighteenth of November twenty twenty six",
        }

    def test_the_range_ends_where_the_asked_instant_does(self, plant: Asker) -> None:
        asked_at = datetime(2026, 9, 15, 12, 7, tzinfo=timezone.utc)
        reply = plant.ask("electricity used by injection molding one today", now=asked_at)
        assert reply.outcome == "no_data"
        assert reply.data["last_reading"] == "2026-09-14T23:45:00+02:00"

    def test_a_source_that_a_machine_does_not_use_is_told_with_those_it_uses(
        self, plant: Asker
    ) -> None:
        reply = plant.ask("how much gas did conveyor A use last week")
        assert (reply.outcome, reply.data) == ("no_data", {"available_sources": ["electricity"]})
        assert slots_of(reply, "source_not_used") == {
            "asked": "natural gas",
            "scope": "conveyor A",
            "available": "electricity",
        }

    def test_a_time_that_has_not_come_holds_no_energy(self, plant: Asker) -> None:
        reply = plant.ask("consumption of compressor one on the 1st of January 2030")
        assert (reply.outcome, dialogs_of(reply)) == ("no_data", ["period_not_begun"])
        assert reply.data == {}

    def test_a_date_that_no_calendar_has_is_refused(self, plant: Asker) -> None:
        reply = plant.ask("what did compressor one consume on the 30th of February")
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
    def test_an_unknown_machine_is_never_the_whole_factory(self, plant: Asker) -> None:
        reply = plant.ask("what did turbine two consume yesterday")
        assert (reply.outcome, reply.unknown, reply.data) == ("unknown_machine", "turbine two", {})
        assert slots_of(reply, "unknown_machine") == {
            "unknown": "turbine two",
            "machines": "boiler one, compressor one, compressor E U one and eight more",
        }

    def test_an_unknown_carrier_is_told_with_those_there_are(self, plant: Asker) -> None:
        reply = plant.ask("how much hydrogen did the plant consume last week")
        assert (reply.outcome, reply.unknown) == ("unknown_source", "hydrogen")
        assert slots_of(reply, "unknown_source") == {
            "unknown": "hydrogen",
            "sources": "electricity, natural gas, steam and one more",
        }

    @pytest.mark.parametrize(
        ("said", "intent", "metric"),
        [
            ("how much energy will we need tomorrow", "forecast", None),
            ("how did compressor one perform yesterday", "performance", None),
        ],
    )
    def test_what_is_not_built_is_said_to_be_not_built(
        self, plant: Asker, said: str, intent: str, metric: str | None
    ) -> None:
        reply = plant.ask(said)
        assert (reply.outcome, reply.intent, reply.slots["metric"]) == ("not_yet", intent, metric)
        assert (dialogs_of(reply), reply.data) == (["not_yet"], {})

    def test_what_is_not_ours_is_not_understood(self, plant: Asker) -> None:
        reply = plant.ask("will it rain in Berlin on Sunday")
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
        self, plant: Asker, said: str, metric: str, dialogs: list[str]
    ) -> None:
        reply = plant.ask(said)
        assert (reply.outcome, reply.slots["metric"]) == ("answered", metric)
        assert dialogs_of(reply) == dialogs

    def test_an_average_leaves_out_the_time_without_readings(self, plant: Asker) -> None:
        reply = plant.ask("average energy of compressor one on the 21st of July 2026")
        assert dialogs_of(reply) == ["energy_average", "energy_missing_left_out"]
        assert slots_of(reply, "energy_missing_left_out") == {"duration": "six hours"}

    def test_the_cost_of_a_total_is_said_in_its_currency(self, plant: Asker) -> None:
        reply = plant.ask("what did compressor US one consume yesterday")
        assert dialogs_of(reply) == ["energy_used", "energy_cost"]
        assert slots_of(reply, "energy_cost")["cost"].endswith(" dollars")


class TestConversation:
    def test_a_name_that_fits_several_machines_is_asked_back_and_the_reply_answered(
        self, plant: Asker
    ) -> None:
        asked = plant.ask("what did the compressor consume yesterday", session="hall")
        reply = plant.ask("the second one", session="hall")
        assert asked.outcome == "clarify"
        assert asked.choices == ("Compressor-1", "Compressor-EU-1", "Compressor-US-1")
        direct = plant.ask("what did compressor EU 1 consume yesterday")
        assert (reply.outcome, reply.slots["machines"]) == ("answered", ["Compressor-EU-1"])
        assert reply.data == direct.data

    def test_another_session_does_not_reply_to_the_question_back(self, plant: Asker) -> None:
        plant.ask("what did the compressor consume yesterday", session="office")
        assert plant.ask("the second one", session="gate").outcome == "not_understood"

    def test_a_question_back_is_forgotten_after_the_session_has_expired(self, plant: Asker) -> None:
        plant.ask("what did the compressor consume yesterday", session="lunch")
        later = PLANT_NOW + timedelta(minutes=5)
        assert plant.ask("the second one", now=later, session="lunch").outcome == "not_understood"

    def test_the_person_may_give_up_on_a_question_back(self, plant: Asker) -> None:
        plant.ask("what did the compressor consume yesterday", session="dock")
        assert plant.ask("never mind", session="dock").outcome == "cancelled"
        assert plant.ask("the second one", session="dock").outcome == "not_understood"

    def test_an_answer_is_repeated_word_for_word(self, plant: Asker) -> None:
        first = plant.ask("what did boiler one consume last week", session="desk")
        again = plant.ask("say that again", session="desk")
        assert (again.outcome, again.intent) == ("answered", "repeat")
        assert (again.speech, again.data, again.dialogs) == (
            first.speech,
            first.data,
            first.dialogs,
        )

    def test_a_question_back_is_not_the_answer_that_is_repeated(self, plant: Asker) -> None:
        first = plant.ask("what did boiler one consume last week", session="lab")
        plant.ask("what did the compressor consume yesterday", session="lab")
        assert plant.ask("say that again", session="lab").speech == first.speech

    def test_there_is_nothing_to_repeat_before_the_first_answer(self, plant: Asker) -> None:
        reply = plant.ask("say that again", session="new")
        assert (reply.outcome, dialogs_of(reply)) == ("no_data", ["nothing_to_repeat"])


class TestContract:
    def test_every_reply_has_the_keys_of_the_contract(self, plant: Asker) -> None:
        for said in (
            "what did boiler one consume yesterday",
            "play some jazz",
            "the compressor's gas",
        ):
            told = plant.ask(said).contract()
            assert list(told) == CONTRACT_KEYS.split()
            slots = told["slots"]
            assert isinstance(slots, dict)
            assert list(slots) == SLOT_KEYS.split()

    def test_data_tells_each_source_with_all_its_facts(self, plant: Asker) -> None:
        data = plant.ask("what did boiler one consume yesterday").data
        sources = data["sources"]
        assert isinstance(sources, list)
        assert [source["energy_source"] for source in sources] == ["electricity", "natural_gas"]
        assert all(set(source) == SOURCE_KEYS for source in sources)

    def test_a_period_that_was_not_said_is_marked_as_the_default(self, plant: Asker) -> None:
        period = plant.ask("consumption of boiler one").slots["period"]
        assert period == {
            "start": "2026-11-18T00:00:00+01:00",
            "end": "2026-11-18T10:07:30+01:00",
            "said": False,
        }

    def test_a_site_in_another_zone_has_its_own_day(self, plant: Asker) -> None:
        data = plant.ask("what did all conveyors consume yesterday").data
        machines = data["machines"]
        assert isinstance(machines, list)
        assert {each["machine"]: each["period"]["start"] for each in machines} == {
            "Conveyor-A": "2026-11-17T00:00:00+01:00",
            "Conveyor-US-1": "2026-11-17T00:00:00-06:00",
        }

    def test_a_naive_instant_is_local_time_of_the_device_s_own_site(self, plant: Asker) -> None:
        reply = plant.ask("what has boiler one used today", now=datetime(2026, 11, 18, 9, 30))
        period = reply.slots["period"]
        assert isinstance(period, dict)
        assert period["end"] == "2026-11-18T09:30:00+01:00"


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
