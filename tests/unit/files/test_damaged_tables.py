"""Damaged files, row by row: each line is read as it says, or refused; none is lost.

Of a file that is a table still, a damaged line costs only itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from itertools import chain
from pathlib import Path

import pytest

from enms_core.analysis.import_chunk import FileChunk, TargetChunk
from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import FilePlan, ReadingsTarget, Site, TableFormat
from enms_core.files.series import read
from tests.damage import INTERVAL, ROWS, ZONE, Variant, good_lines, said, variants
from tests.damage_kinds import COLUMNS, EACH_KIND, PLAIN, Writing

VARIANTS = list(variants())


def plan(path: Path, writing: Writing) -> FilePlan:
    """All of the file's format but its encoding."""
    time_column, value_column = COLUMNS[writing]
    table_format = TableFormat(
        delimiter=writing.delimiter,
        decimal=writing.decimal,
        time_column=time_column,
        time_format="ISO 8601" if writing is PLAIN else writing.time_format,
        stamp="start",
        is_descending=False,
    )
    target = ReadingsTarget(
        column=value_column, machine="Press", source="electricity", unit="kWh", interval=INTERVAL
    )
    return FilePlan(path=path, site=Site(), format=table_format, targets=[target])


def read_all(path: Path, writing: Writing) -> list[FileChunk] | ImportFailed:
    try:
        return list(read(plan(path, writing), ZONE))
    except ImportFailed as error:
        return error


def stored(chunks: Sequence[TargetChunk]) -> dict[int, tuple[datetime, float]]:
    """Line → instant and amount."""
    rows = (
        zip(each.lines.tolist(), each.instants.tolist(), each.values, strict=True)
        for each in chunks
    )
    return {
        line: (instant.replace(tzinfo=timezone.utc), float(value))
        for line, instant, value in chain.from_iterable(rows)
    }


def test_the_good_files_are_read_whole(tmp_path: Path) -> None:
    for writing in COLUMNS:
        lines = good_lines(writing)
        path = tmp_path / "meter.csv"
        path.write_text("\n".join(lines), encoding=writing.encoding)
        chunks = read_all(path, writing)
        assert not isinstance(chunks, ImportFailed)
        assert list(stored([each.targets[0] for each in chunks]).values()) == [
            said(line, writing) for line in lines[1:]
        ]
        assert len(lines) == ROWS + 1


def test_there_are_three_hundred_variants_all_different() -> None:
    assert len(VARIANTS) >= 300
    assert len({each.kind for each in VARIANTS}) == len(VARIANTS) / EACH_KIND
    assert len({each.content for each in VARIANTS}) >= 300


@pytest.mark.parametrize("variant", VARIANTS, ids=[each.name for each in VARIANTS])
def test_every_line_is_read_as_it_says_or_refused(variant: Variant, tmp_path: Path) -> None:
    path = tmp_path / "meter.csv"
    path.write_bytes(variant.content)
    chunks = read_all(path, variant.writing)
    if isinstance(chunks, ImportFailed):
        assert not variant.is_table
        assert len(chunks.reason) > 10
        return
    lines = variant.filled_lines()
    target = [each.targets[0] for each in chunks]
    found = stored(target)
    refused = {each.line for chunk in target for each in chunk.rejections}
    empty = sum(chunk.empty for chunk in target)
    assert not refused & found.keys()
    assert {*found, *refused} <= lines.keys()
    good = set(good_lines(variant.writing)[1:])
    assert not [line for line in refused if lines[line] in good]
    assert found == {line: said(lines[line], variant.writing) for line in found}
    assert len(found) + len(refused) + empty == len(lines)
    assert sum(chunk.rows for chunk in chunks) == len(lines)
