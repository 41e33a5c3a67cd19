"""Where the readings of files go: sources, factories, units, tables of other people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import ReadingsTarget, Site
from tests.conftest import Asker, run_on
from tests.core.conftest import HOURS, PRESS, Import, execute, import_path, rows, stored
from tests.core.import_runs import WORKS

NOWHERE = Site()


@pytest.mark.parametrize("kind", ["real", "numeric(6, 1)", "integer", "numeric"])
class TestCoarseColumns:
    """An adopted table may hold less of a value than the file tells."""

    FINE = ("2026-03-02 00:00,1.13", "2026-03-02 01:00,2.75", "2026-03-02 02:00,0.1")

    @pytest.fixture
    def coarse_url(self, bare_url: str, kind: str) -> str:
        execute(
            bare_url,
            f"""CREATE TABLE energy_readings (time timestamptz, machine_id uuid, energy_kwh {kind},
                                              UNIQUE (machine_id, time))""",
        )
        run_on(bare_url, lambda store: store.upgrade())
        return bare_url

    def test_a_second_import_stores_nothing_new(self, coarse_url: str, tmp_path: Path) -> None:
        assert [import_lines(coarse_url, tmp_path, self.FINE) for _ in range(2)] == [3, 0]

    def test_another_value_is_still_refused(self, coarse_url: str, tmp_path: Path) -> None:
        import_lines(coarse_url, tmp_path, self.FINE)
        with pytest.raises(ImportFailed, match="another value is stored") as caught:
            import_lines(coarse_url, tmp_path, (self.FINE[0], "2026-03-02 01:00,4.75"))
        assert caught.value.line == 3


# Two carriers in one table, told apart by a column; names that are hard to quote.
SHARED = """
CREATE TABLE "both; {table}" (
    machine_id uuid, time timestamptz, "kind'""of" text, "k{kWh}" double precision,
    PRIMARY KEY (machine_id, time, "kind'""of")
);
INSERT INTO energy_sources (name, unit, kwh_per_unit, readings_table, consumption_column,
                            carrier_column, carrier_value)
SELECT name, 'kWh', 1, 'both; {table}', 'k{kWh}', 'kind''"of', name
FROM unnest(ARRAY['grid', 'x'' OR true --']) AS name;
"""


def test_carriers_that_share_a_table_do_not_get_in_each_other_s_way(
    imported: Import, empty_url: str
) -> None:
    execute(empty_url, SHARED)
    grid, other = (replace(PRESS, source=name) for name in ("grid", "x' OR true --"))
    imported(HOURS, grid)
    assert imported([line + "0" for line in HOURS], replace(other, unit="MWh")).stored == 3
    assert imported(HOURS, grid).unchanged == 3
    changed = (*HOURS[:2], "2026-03-02 02:00,9")
    assert imported(changed, grid, replace=True).replaced == 1
    told = """SELECT "kind'""of", sum("k{kWh}") FROM "both; {table}" GROUP BY 1 ORDER BY 1"""
    assert rows(empty_url, told) == [("grid", 13.0), ("x' OR true --", 7500.0)]


def import_lines(url: str, folder: Path, lines: Sequence[str]) -> int:
    path = folder / "meter.csv"
    path.write_text("\n".join(("time,value", *lines)))
    return import_path(url, path).stored


class TestDestinations:
    @pytest.mark.parametrize(
        ("unit", "quantity"),
        [
            ("kWh", 7.5),
            ("Wh", 0.0075),
            ("MWh", 7500.0),
            ("MJ", 7.5 / 3.6),
            ("KWH", 7.5),
            (" mwh", 7500.0),
            (None, 7.5),
        ],
    )
    def test_values_become_the_source_s_unit(
        self, imported: Import, unit: str | None, quantity: float
    ) -> None:
        report = imported(HOURS, replace(PRESS, unit=unit))
        assert report.quantity == pytest.approx(quantity, rel=1e-12)

    @pytest.mark.parametrize(("unit", "quantity"), [("kWh", 7.5), ("MJ", 7.5 / 3.6), (None, 7.5)])
    def test_the_source_s_own_unit_may_be_written_in_other_letters(
        self, imported: Import, empty_url: str, unit: str | None, quantity: float
    ) -> None:
        execute(empty_url, "UPDATE energy_sources SET unit = 'KWH' WHERE name = 'electricity'")
        report = imported(HOURS, replace(PRESS, unit=unit))
        assert report.quantity == pytest.approx(quantity, rel=1e-12)

    def test_a_rate_and_the_origin_are_stored_with_each_reading(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(("2026-03-02 00:00,1.5", "2026-03-02 00:15,2.5"))
        told = rows(empty_url, "SELECT power_kw, data_source FROM energy_readings ORDER BY time")
        assert told == [(6.0, "import"), (10.0, "import")]

    def test_a_carrier_is_named_as_people_say_it_and_its_unit_in_plain_letters(
        self, imported: Import
    ) -> None:
        report = imported(HOURS, replace(PRESS, source="Natural gas", unit="m3"))
        assert (report.unit, report.quantity) == ("m³", 7.5)

    @pytest.mark.parametrize(
        ("site", "target", "reason"),
        [
            (Site(name="New Works"), PRESS, "say its time zone"),
            (Site(name="New Works", timezone="Mars/Base"), PRESS, "time zone"),
            (WORKS, replace(PRESS, source="plasma"), "no energy source"),
            (NOWHERE, PRESS, "no machine"),
            (WORKS, replace(PRESS, unit="m³"), "converted"),
        ],
        ids=["new factory", "unknown zone", "unknown source", "unknown machine", "wrong unit"],
    )
    def test_a_destination_that_is_not_clear_is_refused(
        self, imported: Import, empty_url: str, site: Site, target: ReadingsTarget, reason: str
    ) -> None:
        with pytest.raises(ImportFailed, match=reason):
            imported(HOURS, target, site=site)
        assert stored(empty_url) == (0, 0, 0, 0)

    def test_a_known_machine_needs_no_factory_to_be_said(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        imported(("2026-03-02 03:00,1", "2026-03-02 04:00,1"), site=NOWHERE)
        assert stored(empty_url) == (5, 1, 1, 1)

    def test_a_machine_in_two_factories_needs_its_factory_to_be_said(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        imported(HOURS, site=Site(name="Annex", timezone="Asia/Tokyo"))
        with pytest.raises(ImportFailed, match="more than one machine"):
            imported(("2026-03-02 03:00,1", "2026-03-02 04:00,1"), site=NOWHERE)
        assert stored(empty_url) == (6, 2, 2, 2)

    def test_what_was_imported_can_be_asked_for(
        self, imported: Import, empty_url: str, engine_on: Callable[..., Asker]
    ) -> None:
        imported(HOURS)
        reply = engine_on(empty_url).ask("what did press three consume on the 2nd of March 2026")
        assert (reply.outcome, reply.data["quantity"]) == ("answered", 7.5)
