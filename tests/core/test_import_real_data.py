"""Files of real meters, imported and asked about: every number again by pandas from the file.

The real files are read from a folder beside the project's and tested where they are there. A file
made here, with the same traps, is tested everywhere: a byte-order mark, day-first dates, stamps
that are the ends of intervals, and the row of 24:00 written as 0:00 last in its own day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pandas as pd
import psycopg
import pytest

from enms_core.domain.imports import Site, TargetReport
from enms_core.services.first_questions import first_questions
from enms_core.services.importing import Imported
from enms_core.services.reply import Reply
from tests.conftest import Asker, own_database, run_on
from tests.core.conftest import rows
from tests.core.import_runs import imported, plan, power
from tests.core.oracle.hearing import amounts
from tests.core.oracle.spoken import is_heard

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
STEEL = DATA / "steel" / "steel_industry_2018.csv.gz"
MakeAsker = Callable[..., Asker]
QUARTER_HOUR = pd.Timedelta(minutes=15)
IN_2019 = datetime(2019, 1, 15, 9, tzinfo=timezone.utc)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
KPIS = """
SELECT (enms.calculate_all_kpis(id, %s, %s, 'electricity')).* FROM machines WHERE name = %s
"""


@dataclass(frozen=True)
class Plant:
    """A database with one imported machine, and its file read again: kWh by interval start."""

    url: str
    done: Imported
    kwh: pd.Series  # type: ignore[type-arg]

    @property
    def report(self) -> TargetReport:
        return self.done.files[0].report.targets[0]


def read_again(path: Path, zone: str) -> pd.Series:  # type: ignore[type-arg]
    """kWh by the local start of each interval, by pandas: each 0:00 is the 24:00 of its day."""
    table = pd.read_csv(path, encoding="utf-8-sig")
    ends = pd.to_datetime(table["date"], format="%d/%m/%y %H:%M")
    is_midnight = (ends.dt.hour == 0) & (ends.dt.minute == 0)
    ends = ends.where(~is_midnight, ends + pd.Timedelta(days=1))
    starts = ends.dt.tz_localize(zone, ambiguous="infer", nonexistent="raise") - QUARTER_HOUR
    return pd.Series(table["Usage_kWh"].to_numpy(), index=pd.DatetimeIndex(starts))


def plant(url: str, path: Path, zone: str) -> Plant:
    site = Site(name="Works", timezone=zone)
    wanted = plan(path, power("Steel Plant", column="Usage_kWh"), site=site)
    return Plant(url, imported(url, [wanted]), read_again(path, zone))


@pytest.fixture(scope="module")
def steel(server_url: str, empty_template: str) -> Iterator[Plant]:
    """The steel plant's year."""
    if not STEEL.exists():
        pytest.skip("the folder of real data is not beside the project")
    with own_database(server_url, empty_template) as url:
        yield plant(url, STEEL, "Asia/Seoul")


@pytest.fixture(scope="module", params=["Asia/Seoul", "Europe/Berlin"])
def made(
    request: pytest.FixtureRequest,
    server_url: str,
    empty_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Plant]:
    """Eleven months of our own making with the same traps, also over changes of the clock."""
    zone: str = request.param
    path = tmp_path_factory.mktemp("made") / "meter.csv"
    write_meter(path, zone)
    with own_database(server_url, empty_template) as url:
        yield plant(url, path, zone)


def write_meter(path: Path, zone: str) -> None:
    """Ends of quarter hours of local time, day first, 24:00 as 0:00 of its own day."""
    ends = pd.date_range("2018-01-01 00:15", "2018-12-01 00:00", freq="15min", tz=zone)
    kwh = np.random.default_rng(5).gamma(2.0, 12.0, len(ends)).round(2)
    lines = ["date,Usage_kWh,CO2(tCO2),Load_Type"]
    for end, amount in zip(ends, kwh, strict=True):
        day = end - pd.Timedelta(minutes=1) if (end.hour, end.minute) == (0, 0) else end
        lines.append(f"{day:%d/%m/%y} {end.hour}:{end.minute:02},{amount},0.01,Light_Load")
    path.write_text("\r\n".join(lines), encoding="utf-8-sig", newline="")


def said_of(reply: Reply, value: float, unit: str) -> bool:
    """Whether a number is among those that were spoken, rounded as speech rounds."""
    return any(is_heard(heard, float(value), unit) for heard in amounts(reply.speech))


def peak_kw(kwh: pd.Series) -> float:  # type: ignore[type-arg]
    """The highest mean of a quarter hour."""
    return float(kwh.max() * 4)


def kpis(url: str, machine: str, start: str, end: str) -> dict[str, object]:
    with psycopg.connect(url) as connection:
        cursor = connection.execute(KPIS.encode(), (start, end, machine))
        [row] = cursor.fetchall()
        assert cursor.description is not None
        return dict(zip([column.name for column in cursor.description], row, strict=True))


def test_the_steel_plants_year_is_whole(steel: Plant) -> None:
    report = steel.report

    assert (report.rows, report.stored, report.missing_intervals) == (35_040, 35_040, 0)
    assert (list(report.gaps), list(report.rejections), report.duplicates) == ([], [], 0)
    assert report.quantity == pytest.approx(959_636.71, abs=1e-6)
    assert report.quantity == pytest.approx(steel.kwh.sum(), rel=1e-9)
    assert report.interval == timedelta(minutes=15)
    assert report.first == datetime(2017, 12, 31, 15, tzinfo=timezone.utc)
    assert report.last == datetime(2018, 12, 31, 14, 45, tzinfo=timezone.utc)


def test_the_steel_plants_peak_is_that_of_quarter_hours(steel: Plant) -> None:
    year = kpis(steel.url, "Steel Plant", "2018-01-01 00:00+09", "2019-01-01 00:00+09")

    assert year["peak_demand_kw"] == pytest.approx(628.72, abs=1e-6)
    assert peak_kw(steel.kwh) == pytest.approx(628.72, abs=1e-6)
    assert year["load_factor"] == pytest.approx(959_636.71 / (628.72 * 8_760), rel=1e-9)
    assert year["load_factor"] == pytest.approx(0.174, abs=5e-4)


def test_the_steel_plants_months_are_answered_with_the_sums_of_its_file(
    steel: Plant, engine_on: MakeAsker
) -> None:
    asker = engine_on(steel.url)
    by_month = steel.kwh.groupby(steel.kwh.index.month).sum()

    told = {
        number: asker.ask(f"how much energy did the steel plant use in {month} 2018", IN_2019)
        for number, month in enumerate(MONTHS, 1)
    }

    figures = {number: reply.data["energy_kwh"] for number, reply in told.items()}
    assert figures == pytest.approx(by_month.to_dict(), rel=1e-9)
    assert all(said_of(told[number], by_month[number], "kWh") for number in told)
    assert all(not reply.issues for reply in told.values())


def test_the_steel_plant_is_asked_about_in_a_conversation(
    steel: Plant, engine_on: MakeAsker
) -> None:
    asker = engine_on(steel.url)
    march_kwh = steel.kwh[steel.kwh.index.month == 3].sum()

    march = asker.ask("how much energy did the steel plant use in March", IN_2019, "steel")
    peak = asker.ask("what was its peak demand in 2018", IN_2019, "steel")

    assert march.data["energy_kwh"] == pytest.approx(march_kwh, rel=1e-9)
    assert said_of(march, march_kwh, "kWh")
    assert peak.slots["machines"] == ["Steel Plant"]
    assert peak.data["power_kw"] == pytest.approx(628.72, abs=1e-6)
    assert said_of(peak, 628.72, "kW")


def test_three_questions_about_the_steel_plant_are_answered(steel: Plant) -> None:
    told = run_on(
        steel.url,
        lambda store: first_questions(store, steel.done.files, datetime.now(timezone.utc)),
    )

    assert isinstance(told, list)
    assert [reply.utterance for reply in told] == [
        "how much electricity did steel plant use in December twenty eighteen",
        "what was the peak demand of steel plant in twenty eighteen",
        "did steel plant use more electricity in December twenty eighteen"
        " or in November twenty eighteen",
    ]
    december_kwh = steel.kwh[steel.kwh.index.month == 12].sum()
    assert told[0].data["energy_kwh"] == pytest.approx(december_kwh, rel=1e-9)
    assert told[1].data["power_kw"] == pytest.approx(628.72, abs=1e-6)


def test_a_file_with_the_same_traps_is_stored_whole(made: Plant) -> None:
    report = made.report

    assert (report.rows, report.stored) == (len(made.kwh), len(made.kwh))
    assert (report.missing_intervals, list(report.rejections)) == (0, [])
    assert report.quantity == pytest.approx(made.kwh.sum(), rel=1e-9)
    found = rows(made.url, "SELECT time, energy_kwh FROM energy_readings ORDER BY time")
    assert [moment for moment, _ in found] == list(made.kwh.index.tz_convert("UTC").to_pydatetime())
    assert [amount for _, amount in found] == pytest.approx(made.kwh.to_list(), rel=1e-12)


def test_a_file_with_the_same_traps_is_asked_about(made: Plant, engine_on: MakeAsker) -> None:
    asker = engine_on(made.url)
    march = made.kwh[made.kwh.index.month == 3]

    energy = asker.ask("how much energy did the steel plant use in March", IN_2019, "made")
    peak = asker.ask("what was its peak demand in 2018", IN_2019, "made")

    assert energy.data["energy_kwh"] == pytest.approx(march.sum(), rel=1e-9)
    assert said_of(energy, march.sum(), "kWh")
    assert peak.data["power_kw"] == pytest.approx(peak_kw(made.kwh), rel=1e-9)
    assert said_of(peak, peak_kw(made.kwh), "kW")


def test_importing_the_file_again_changes_nothing(made: Plant) -> None:
    before = rows(made.url, "SELECT count(*), sum(energy_kwh) FROM energy_readings")

    again = imported(made.url, [file.plan for file in made.done.files])

    [report] = again.files[0].report.targets
    assert (report.stored, report.unchanged) == (0, len(made.kwh))
    assert rows(made.url, "SELECT count(*), sum(energy_kwh) FROM energy_readings") == before
