"""Excel workbooks as tables: cells become texts, as if a text file had held them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import TableFormat
from enms_core.files.amounts import found_decimal
from enms_core.files.spreadsheet import number_text
from enms_core.files.tables import open_table

START = datetime(2018, 1, 1)
ROWS = [("time", "value"), (START, 1.5), (START + timedelta(minutes=15), 2)]
ANY = TableFormat()
Cells = list[tuple[int, dict[str, str]]]


def workbook(folder: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    """A workbook with the rows of its sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "meter.xlsx"
    book.save(path)
    return path


def cells(path: Path, table_format: TableFormat = ANY, size: int = 1000) -> Cells:
    """All rows with their lines."""
    found: Cells = []
    with open_table(path, table_format) as table:
        for chunk in table.rows(size):
            assert not chunk.rejections
            assert len(chunk.lines) <= size
            for place, line in enumerate(chunk.lines.tolist()):
                found.append((line, {name: each[place] for name, each in chunk.columns.items()}))
    return found


class TestCells:
    def test_times_and_numbers_become_texts(self, tmp_path: Path) -> None:
        assert cells(workbook(tmp_path, Data=ROWS)) == [
            (2, {"time": "2018-01-01 00:00:00", "value": "1.5"}),
            (3, {"time": "2018-01-01 00:15:00", "value": "2"}),
        ]

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (None, ""), ("1.234,5", "1.234,5"), (True, "true"), (1e-05, "1e-05"),
            (1.234, "1.2340"), (1234567, "1234567"), (time(0, 15), "00:15:00"),
            (datetime(2018, 1, 1, 0, 14, 59, 999_000), "2018-01-01 00:15:00"),
            (datetime(2018, 1, 1, 0, 15, 0, 1_000), "2018-01-01 00:15:00"),
            (datetime(2018, 1, 1, 0, 15, 0, 250_000), "2018-01-01 00:15:00.250000"),
            ("#N/A", "#N/A"),
        ],
    )  # fmt: skip
    def test_every_kind_of_cell_has_its_text(
        self, tmp_path: Path, value: object, text: str
    ) -> None:
        path = workbook(tmp_path, Data=[("time", "value"), ("x", value)])
        assert cells(path) == [(2, {"time": "x", "value": text})]

    def test_numbers_have_the_decimal_sign_of_the_file(self, tmp_path: Path) -> None:
        found = cells(workbook(tmp_path, Data=ROWS), TableFormat(decimal=","))
        assert found[0][1]["value"] == "1,5"

    def test_a_number_is_never_taken_for_one_with_thousands(self) -> None:
        texts = [number_text(value, ".") for value in (1.234, 12.345, -999.001)]
        assert found_decimal(texts) == "."
        assert [float(text) for text in texts] == [1.234, 12.345, -999.001]

    def test_a_time_that_lost_its_format_is_still_a_time(self, tmp_path: Path) -> None:
        rows = [("time", "value"), (43101.0, 43101.0), (43101 + 1 / 96, 5.0)]
        found = cells(workbook(tmp_path, Data=rows), TableFormat(time_column="time"))
        assert [each["time"] for _line, each in found] == [
            "2018-01-01 00:00:00", "2018-01-01 00:15:00",
        ]  # fmt: skip
        assert found[0][1]["value"] == "43101"

    def test_a_day_beside_the_time_of_day_is_written_without_midnight(self, tmp_path: Path) -> None:
        rows = [("day", "clock", "value"), (date(2018, 1, 1), time(0, 15), 1.5)]
        found = cells(workbook(tmp_path, Data=rows))
        assert found == [(2, {"day": "2018-01-01", "clock": "00:15:00", "value": "1.5"})]

    def test_rows_end_where_their_cells_end(self, tmp_path: Path) -> None:
        rows = [("time", "a", "b"), ("x", 1), ("y", 1, 2, "a note beside the table"), (), ("z",)]
        found = cells(workbook(tmp_path, Data=rows))
        assert found == [
            (2, {"time": "x", "a": "1", "b": ""}),
            (3, {"time": "y", "a": "1", "b": "2"}),
            (5, {"time": "z", "a": "", "b": ""}),
        ]

    @pytest.mark.parametrize("size", [1, 60, 150, 1000])
    def test_rows_are_the_same_in_portions_of_any_size(self, tmp_path: Path, size: int) -> None:
        rows = [("Report",), (), ("time", "value"), *((f"t{each}", each) for each in range(300))]
        found = cells(workbook(tmp_path, Data=rows), size=size)
        assert found == [
            (4 + each, {"time": f"t{each}", "value": str(each)}) for each in range(300)
        ]


class TestSheets:
    def test_the_only_sheet_with_rows_is_taken(self, tmp_path: Path) -> None:
        assert len(cells(workbook(tmp_path, Notes=[], Data=ROWS))) == 2

    def test_several_sheets_with_rows_are_named(self, tmp_path: Path) -> None:
        path = workbook(tmp_path, Notes=[("hello",)], Data=ROWS)
        with pytest.raises(
            ImportFailed, match="several sheets have rows: Notes, Data; say --sheet"
        ):
            cells(path)
        assert len(cells(path, TableFormat(sheet="Data"))) == 2

    def test_a_sheet_that_is_not_there_is_told_with_those_that_are(self, tmp_path: Path) -> None:
        with pytest.raises(ImportFailed, match="no sheet 'Tabelle1'; there are Notes, Data"):
            cells(workbook(tmp_path, Notes=[], Data=ROWS), TableFormat(sheet="Tabelle1"))

    def test_a_workbook_without_rows_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ImportFailed, match="there are no rows in the file"):
            cells(workbook(tmp_path, Notes=[], Data=[]))


class TestFiles:
    def test_a_workbook_is_known_by_its_content(self, tmp_path: Path) -> None:
        path = workbook(tmp_path, Data=ROWS).rename(tmp_path / "meter.csv")
        assert len(cells(path)) == 2

    def test_every_damage_is_told_or_harmless(self, tmp_path: Path) -> None:
        path = workbook(tmp_path, Data=[("time", "value"), *((f"t{n}", n) for n in range(500))])
        good, whole = cells(path), path.read_bytes()
        told = 0
        for place in range(0, len(whole), 13):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
            try:
                assert cells(path) == good
            except ImportFailed:
                told += 1
        assert told > 100

    @pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
    def test_a_workbook_that_was_cut_off_is_told(self, tmp_path: Path, part: float) -> None:
        path = workbook(tmp_path, Data=ROWS)
        whole = path.read_bytes()
        path.write_bytes(whole[: int(part * len(whole))])
        with pytest.raises(ImportFailed, match=r"meter\.xlsx cannot be read"):
            cells(path)

    def test_another_archive_is_no_workbook(self, tmp_path: Path) -> None:
        path = tmp_path / "meter.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("meter.csv", "time,value\n2018-01-01,1\n")
        with pytest.raises(ImportFailed, match="a zip archive that is no Excel file"):
            cells(path)
