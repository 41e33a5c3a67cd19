"""Where the values of a plan's targets stand and how they are written: column, rows, sign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import (
    UNSAID,
    Decimal,
    FilePlan,
    RowFilter,
    StatusTarget,
    Target,
)
from enms_core.files.amounts import BETWEEN, NUMBERS, POINT, SIGNS, UNGROUPED, found_decimal
from enms_core.files.guess_columns import (
    Column,
    columns_of,
    likely_values,
    meter_column,
)
from enms_core.files.guess_draft import Choice, Draft, with_format, with_target
from enms_core.files.guess_sample import Sample, all_texts

# The words by which a column that was not asked for is told, and how it can be taken along.
BESIDE = ("weather", "production", "status")
HAS_SIGN = re.compile("[.,]")
# So many numbers with a sign are judged together.
MOST_EVIDENCE = 20_000


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
    numbers = [each for each in draft.plan.targets if not isinstance(each, StatusTarget)]
    if draft.format.decimal is not None:
        return
    sign, example = _sign_and_example(_number_texts(draft, numbers, sample))
    why = "the numbers read only so"
    if sign is None and draft.format.delimiter == "," and "," not in example:
        sign, why = POINT, "columns are separated by commas"
    plans: dict[str, FilePlan] = {
        each: with_format(draft.plan, replace(draft.format, decimal=each)) for each in SIGNS
    }
    if sign is None and example:
        why = f"the numbers can be read in both ways, such as {example!r}"
        draft.choices.append(Choice("decimal sign", "--decimal", plans, why))
        return
    draft.plan = plans[sign or POINT]
    if example:
        draft.tell("decimal sign", sign or POINT, why)


def _number_texts(
    draft: Draft, numbers: Sequence[Target], sample: Sample
) -> Iterator[Sequence[str]]:
    """The texts of the targets: of the sample, then of the whole file."""
    for each in numbers:
        yield sample.columns[each.column]
    for each in numbers:
        yield from all_texts(draft.plan.path, draft.format, each.column, each.rows)


def _sign_and_example(portions: Iterable[Sequence[str]]) -> tuple[Decimal | None, str]:
    """The decimal sign, and a number with a sign: one with a comma where it stays open. None: the
    numbers can be read in both ways, or none has a sign and there is no example either."""
    signed: list[str] = []
    whole: list[str] = []
    for texts in portions:
        whole = whole or list(islice(filter(UNGROUPED.fullmatch, map(str.strip, texts)), 1))
        if HAS_SIGN.search(BETWEEN.join(texts)):
            signed = [*signed, *filter(_is_signed_number, texts)][-MOST_EVIDENCE:]
        sign = found_decimal([*signed, *whole]) if signed else None
        if sign is not None:
            return sign, signed[0]
    return None, next((text for text in signed if "," in text), next(iter(signed), ""))


def _is_signed_number(text: str) -> bool:
    return bool(HAS_SIGN.search(text)) and any(
        NUMBERS[sign].fullmatch(text.strip()) for sign in SIGNS
    )


def _columns(draft: Draft, sample: Sample) -> list[Column]:
    return columns_of(sample, (draft.format.time_column, draft.format.clock_column))


def _why_likely(column: Column) -> str:
    return "it holds numbers" if column.unit is None else f"it is in {column.unit}"


def _tell_beside(draft: Draft, columns: Sequence[Column]) -> None:
    for each in columns:
        if each.role in BESIDE:
            draft.tell("left out", each.role, f"--also {each.role} takes it", each.name)
