"""Where the values of a plan's targets stand and how they are written: column, rows, sign, unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import (
    UNSAID,
    Decimal,
    FilePlan,
    ProductionTarget,
    ReadingsTarget,
    RowFilter,
    StatusTarget,
)
from enms_core.files.amounts import found_decimal
from enms_core.files.guess_columns import (
    Column,
    columns_of,
    likely_values,
    meter_column,
    unit_in_cells,
)
from enms_core.files.guess_draft import Choice, Draft, with_format, with_target
from enms_core.files.guess_sample import Sample, all_texts
from enms_core.files.guess_units import header_unit, is_metered

# The words by which a column that was not asked for is told, and how it can be taken along.
BESIDE = ("weather", "production", "status")
SIGNS: Sequence[Decimal] = (".", ",")


def guess_column(draft: Draft, place: int, sample: Sample) -> None:
    """The column of a target's values, where none was named."""
    target = draft.plan.targets[place]
    if target.column != UNSAID:
        return
    taken = [each.column for each in draft.plan.targets]
    columns = [each for each in _columns(draft, sample) if each.name not in taken]
    likely = likely_values(columns)
    if not likely:
        names = ", ".join(sample.header)
        raise ImportFailed(f"no column holds a meter's values: say --value-column, of {names}")
    plans = {
        each.name: with_target(draft.plan, place, replace(target, column=each.name))
        for each in likely
    }
    if len(likely) > 1:
        why = "each may be the meter's values"
        draft.choices.append(Choice("value column", "--value-column", plans, why))
        return
    draft.plan = plans[likely[0].name]
    draft.tell("value column", likely[0].name, _why_likely(likely[0]))
    _tell_beside(draft, columns)


def guess_rows(draft: Draft, place: int, sample: Sample) -> None:
    """Whose rows a target's are, in a file of several meters: always a choice."""
    target = draft.plan.targets[place]
    if target.rows is not None:
        return
    others = [each.name for each in _columns(draft, sample) if each.name != target.column]
    column = meter_column(sample, sample.stamps(draft.format), others)
    if column is None:
        return
    values = sorted({text.strip() for text in sample.columns[column]})
    plans = {
        f"{column}={value}": with_target(
            draft.plan, place, replace(target, rows=RowFilter(column, value))
        )
        for value in values
    }
    why = "several rows have the same time"
    draft.choices.append(Choice("meter's rows", "--rows", plans, why, target.column))


def guess_decimal(draft: Draft, sample: Sample) -> None:
    """The decimal sign, by the numbers of all targets; as far into the file as it takes."""
    numbers = [each.column for each in draft.plan.targets if not isinstance(each, StatusTarget)]
    if draft.format.decimal is not None:
        return
    sign = found_decimal(text for name in numbers for text in sample.columns[name])
    for name in numbers if sign is None else ():
        texts = all_texts(draft.plan.path, draft.format, name)
        sign = sign or next(filter(None, map(found_decimal, texts)), None)
    why = "the numbers read only so"
    if sign is None and draft.format.delimiter == ",":
        sign, why = ".", "columns are separated by commas"
    plans: dict[str, FilePlan] = {
        each: with_format(draft.plan, replace(draft.format, decimal=each)) for each in SIGNS
    }
    if sign is None:
        example = next(text for name in numbers for text in sample.columns[name] if text.strip())
        why = f"the numbers can be read in both ways, such as {example!r}"
        draft.choices.append(Choice("decimal sign", "--decimal", plans, why))
        return
    draft.plan = plans[sign]
    if any(sign in text for name in numbers for text in sample.columns[name]):
        draft.tell("decimal sign", sign, why)


def guess_unit(draft: Draft, place: int, sample: Sample) -> None:
    """The unit of a target, by the column's name or a column of units."""
    target = draft.plan.targets[place]
    if target.unit is not None or isinstance(target, (StatusTarget, ProductionTarget)):
        return
    unit, why = header_unit(target.column), "the column's name has it"
    if isinstance(target, ReadingsTarget) and (unit is None or not is_metered(unit)):
        unit, why = unit_in_cells(sample), "another column has it in every row"
    if unit is None:
        draft.tell("unit", "that of the source", "the file tells none", target.column)
        return
    draft.put_target(place, replace(target, unit=unit))
    draft.tell("unit", unit, why, target.column)


def _columns(draft: Draft, sample: Sample) -> list[Column]:
    return columns_of(sample, (draft.format.time_column, draft.format.clock_column))


def _why_likely(column: Column) -> str:
    return "it holds numbers" if column.unit is None else f"it is in {column.unit}"


def _tell_beside(draft: Draft, columns: Sequence[Column]) -> None:
    for each in columns:
        if each.role in BESIDE:
            draft.tell("left out", each.role, f"--also {each.role} takes it", each.name)
