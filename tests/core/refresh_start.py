"""Where the tests of refreshing begin."""

from __future__ import annotations

from tests.core.rollup_bench import METERS, UTILITY, Bench, Chance

READINGS = Chance(seed=11, count=300, step_seconds=700)


def begin(bench: Bench) -> None:
    """The same readings and meters as at the beginning, refreshed."""
    bench.execute("TRUNCATE utility_readings, energy_readings; DELETE FROM meters")
    bench.execute(
        """
        UPDATE energy_sources SET carrier_value = CASE name WHEN 'alpha' THEN 'a' ELSE 'b' END
        WHERE carrier_column IS NOT NULL
        """
    )
    bench.execute(METERS)
    bench.fill(UTILITY, READINGS)
    bench.refresh()
