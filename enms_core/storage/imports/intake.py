"""What the columns of readings share on their way in: whose they are, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose
from zoneinfo import ZoneInfo

from enms_core.analysis.grid import end_of
from enms_core.domain.conversions import conversion, is_by_energy_content
from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import ReadingsTarget, Rejection, TableFormat, TargetReport
from enms_core.domain.units import rate_unit
from enms_core.storage.imports.destination import Place, find_machine, find_source, known_zone
from enms_core.storage.imports.meters import MeterFacts, make_room, serve
from enms_core.storage.imports.readings import Owner, ReadingsWriter
from enms_core.storage.imports.readings_table import readings_table
from enms_core.storage.imports.staging import Staging
from enms_core.storage.imports.tally import Tally
from enms_core.storage.registers import EnergySourceRow


@dataclass(frozen=True)
class Intake:
    """One column of readings, in the transaction of its file.

    factor: how many of the source's units one unit of the file is (of power: in an hour). made: of
    readings that are made of samples, which are other rows than those of the file.
    """

    place: Place
    target: ReadingsTarget
    facts: MeterFacts
    factor: float
    writer: ReadingsWriter
    staging: Staging
    made: Tally
    zone: ZoneInfo

    @property
    def tally(self) -> Tally:
        return self.staging.tally

    async def make_room(self) -> None:
        """Before staged rows are stored: meters of other intervals leave their stretch."""
        ends = await self.staging.ends()
        if ends is not None:
            first, last = ends
            await make_room(
                self.place.session,
                self.place.connection,
                self.facts,
                self.writer.owner,
                first,
                end_of(last, self.facts.interval, self.zone),
            )

    async def finish(self) -> TargetReport:
        """After all rows were stored: register the meter, and tell."""
        self.tally.judge()
        self.made.judge()
        first, last = self.writer.continuity.first, self.writer.continuity.last
        if first is not None and last is not None:
            end = end_of(last, self.facts.interval, self.zone)
            await serve(self.place.session, self.facts, first, end)
            self.tally.weigh(self.writer.told, self.writer.rounding, self._unit, first, end)
        elif (ends := await self.staging.ends()) is not None:
            await serve(self.place.session, self.facts, *ends)  # samples that make no reading yet
        return self._report()

    def _report(self) -> TargetReport:
        continuity = self.writer.continuity
        return TargetReport(
            target=self.target,
            rows=self.writer.rows,
            stored=self.writer.stored,
            replaced=self.writer.replaced,
            quantity=self.writer.quantity,
            unit=self._unit,
            first=continuity.first,
            last=continuity.last,
            interval=self.facts.interval,
            missing_intervals=continuity.missing,
            estimated=self.writer.estimated,
            empty=self.tally.empty,
            duplicates=self.tally.duplicates,
            gaps=continuity.gaps,
            gap_count=continuity.gap_count,
            remarks=self.tally.remarks,
            rejections=sorted(self._rejections(), key=lambda each: each.line),
        )

    @property
    def _unit(self) -> str:
        return self.facts.source.unit

    def _rejections(self) -> list[Rejection]:
        if self.made is self.tally:
            return self.tally.rejections
        return self.tally.rejections + self.made.rejections


async def open_intake(
    place: Place, number: int, target: ReadingsTarget, table: TableFormat, *, replace: bool
) -> Intake:
    """Make ready for the rows of the target of that number in its plan; makes a new machine.

    Raises ImportFailed for an unknown source, and for a unit that cannot become the source's.
    """
    source = await find_source(place.session, target.source)
    machine = await find_machine(place.session, place.factory, target.machine, target.machine_type)
    if target.interval is None or target.kind is None:
        raise ImportFailed(f"the interval and the kind of column {target.column!r} are not known")
    facts = MeterFacts(
        machine=machine,
        source=source,
        interval=target.interval,
        kind=target.kind,
        stamp=table.stamp or "start",
        unit=target.unit or _own_unit(target, source),
        register_digits=target.register_digits,
    )
    factor = unit_factor(target, source)
    tally = Tally(target.column)
    zone = known_zone(place.factory.timezone)
    readings = await readings_table(place.connection, source, target.interval, zone=zone)
    owner = Owner(machine.id, readings, target.interval)
    is_plain = target.kind == "interval"
    made = tally if is_plain else Tally(target.column)
    writer = ReadingsWriter(place.connection, owner, made, zone, replace=replace, factor=factor)
    # Amounts wait as they are stored, samples as the file has them.
    staging = Staging(place.connection, number, tally, factor=factor if is_plain else 1.0)
    await staging.create()
    return Intake(place, target, facts, factor, writer, staging, made, zone)


def unit_factor(target: ReadingsTarget, source: EnergySourceRow) -> float:
    """How many of the source's units one unit of the file is; of power, in an hour.

    Raises ImportFailed where nobody says it, or somebody something else.
    """
    own = _own_unit(target, source)
    unit = target.unit or own
    _check_energy_content(target, source, unit, own)
    factor = conversion(unit, own, source.kwh_per_unit or target.kwh_per_unit)
    if factor is None:
        raise ImportFailed(f"{unit} cannot be converted to {own}")
    return factor


def _check_energy_content(
    target: ReadingsTarget, source: EnergySourceRow, unit: str, own: str
) -> None:
    """Refuse an energy content that is missing, of no use, or another than the source's."""
    told, registered = target.kwh_per_unit, source.kwh_per_unit
    if not is_by_energy_content(unit, own):
        if told is not None:
            raise ImportFailed(f"no --kwh-per-unit stands between {unit} and {own}: leave it out")
    elif not registered:
        if told is None:
            raise ImportFailed(
                f"{unit} becomes {own} by the energy in one {source.unit}, which {source.name} "
                "does not tell; an import may say it by --kwh-per-unit (kwh_per_unit of a column)"
            )
    # A registered one may be of single precision.
    elif told is not None and not isclose(told, registered, rel_tol=1e-6):
        raise ImportFailed(
            f"{source.name} has {registered} kWh in one {source.unit}, not {told}: "
            "leave --kwh-per-unit out"
        )


def _own_unit(target: ReadingsTarget, source: EnergySourceRow) -> str:
    return rate_unit(source.unit) if target.kind == "power" else source.unit
