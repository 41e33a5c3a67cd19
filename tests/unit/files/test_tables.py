"""Delimited text as a table: header, columns, lines; a row that is none costs only itself."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import Reason, TableFormat
from enms_core.files.delimited import found_delimiter
from enms_core.files.tables import open_table

ANY = TableFormat()


@dataclass(frozen=True)
class Read:
    """A whole table: its header, its rows with their lines, and what was refused."""

    header: list[str]
    rows: list[tuple[int, tuple[str, ...]]]
    rejected: list[tuple[int, Reason]]


def read(path: Path, table_format: TableFormat = ANY, size: int = 1000) -> Read:
    rows: list[tuple[int, tuple[str, ...]]] = []
    rejected: list[tuple[int, Reason]] = []
    with open_table(path, table_format) as table:
        for chunk in table.rows(size):
            cells = zip(*chunk.columns.values(), strict=True)
            rows += zip(chunk.lines.tolist(), cells, strict=True)
            rejected += [(each.line, each.reason) for each in chunk.rejections]
        return Read(table.header, rows, rejected)


@dataclass(frozen=True)
class Folder:
    """Where a test writes its file."""

    path: Path

    def read(self, *lines: str, table_format: TableFormat = ANY, size: int = 1000) -> Read:
        file = self.path / "meter.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        return read(file, table_format, size)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


class TestRows:
    def test_rows_come_with_their_lines(self, folder: Folder) -> None:
        found = folder.read("time,value", "2018-01-01,1.5", "2018-01-02,2.5")
        assert found == Read(
            ["time", "value"], [(2, ("2018-01-01", "1.5")), (3, ("2018-01-02", "2.5"))], []
        )

    def test_only_the_columns_wanted_are_read(self, tmp_path: Path) -> None:
        path = tmp_path / "meter.csv"
        path.write_text("time,a,b\n2018-01-01,1,2\n")
        with open_table(path, TableFormat()) as table:
            (chunk,) = table.rows(10, ["b", "time"])
        assert {name: list(cells) for name, cells in chunk.columns.items()} == {
            "b": ["2"], "time": ["2018-01-01"],
        }  # fmt: skip

    def test_a_column_that_is_not_there_is_told_with_those_that_are(self, tmp_path: Path) -> None:
        path = tmp_path / "meter.csv"
        path.write_text("Zeit;Wert\n2018-01-01;1\n")
        with (
            open_table(path, TableFormat()) as table,
            pytest.raises(ImportFailed, match="no column 'value'; there are Zeit, Wert"),
        ):
            next(table.rows(10, ["value"]))

    @pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
    def test_rows_are_the_same_in_portions_of_any_size(self, folder: Folder, size: int) -> None:
        lines = ["time,note,value", *(f'2018-01-{day:02},"a\nb",{day}' for day in range(1, 29)),
                 "", "2018-02-01,,3", 'x,"', "2018-02-02,c,4,5", "2018-02-03,d,6"]  # fmt: skip
        assert folder.read(*lines, size=size) == folder.read(*lines, size=100_000)

    def test_blank_rows_are_skipped_and_counted_as_lines(self, folder: Folder) -> None:
        found = folder.read("", "time,value", "", "2018-01-01,1", "  ", ",", "2018-01-02,2", "")
        assert [line for line, _cells in found.rows] == [4, 7]
        assert found.rejected == []

    def test_a_row_with_fewer_cells_is_rejected(self, folder: Folder) -> None:
        found = folder.read("time,a,b", "2018-01-01,1,2", "2018-01-02,1.", "2018-01-03,1,2")
        assert [line for line, _cells in found.rows] == [2, 4]
        assert found.rejected == [(3, Reason.FEW_COLUMNS)]

    def test_a_decimal_comma_that_is_a_delimiter_too_is_not_cut_off(self, folder: Folder) -> None:
        found = folder.read("time,value", "2018-01-01,3", "2018-01-02,3,17", "2018-01-03,3")
        assert found.rejected == [(3, Reason.MANY_COLUMNS)]

    def test_delimiters_at_the_end_of_every_row_are_no_columns(self, folder: Folder) -> None:
        found = folder.read("time;value", "2018-01-01;1;", "2018-01-02;2;")
        assert found.rows == [(2, ("2018-01-01", "1")), (3, ("2018-01-02", "2"))]
        assert found.rejected == []

    def test_a_file_that_breaks_off_is_told_when_it_does(self, tmp_path: Path) -> None:
        path = tmp_path / "meter.csv.gz"
        content = "time,value\n" + "".join(f"2018-01-01,{each}\n" for each in range(90_000))
        path.write_bytes(gzip.compress(content.encode())[:-20_000])
        with pytest.raises(ImportFailed, match="cannot be read"):
            read(path, TableFormat(encoding="utf-8"))

    def test_what_is_done_rises_to_one(self, tmp_path: Path) -> None:
        path = tmp_path / "meter.csv"
        path.write_text("time,value\n" + "2018-01-01,1.5\n" * 300_000)
        with open_table(path, TableFormat()) as table:
            done = [chunk.done for chunk in table.rows(50_000)]
        assert done == sorted(done)
        assert done[0] < 0.5
        assert done[-1] == 1.0


class TestQuotes:
    def test_quoted_cells_hold_delimiters_quotes_and_nothing(self, folder: Folder) -> None:
        found = folder.read(
            '"time","note","value"', '"2018-01-01","a, b","3"', '"2018-01-02","a ""b"" c","4"',
            '"2018-01-03","","5"', '2018-01-04,"",6',
        )  # fmt: skip
        assert [cells for _line, cells in found.rows] == [
            ("2018-01-01", "a, b", "3"), ("2018-01-02", 'a "b" c', "4"),
            ("2018-01-03", "", "5"), ("2018-01-04", "", "6"),
        ]  # fmt: skip

    def test_a_cell_may_go_over_several_lines(self, folder: Folder) -> None:
        found = folder.read(
            "time,value,note", '2018-01-01,1,"meter', "", 'read by hand"', "2018-01-02,2,"
        )
        assert found.rows == [
            (2, ("2018-01-01", "1", "meter\n\nread by hand")), (5, ("2018-01-02", "2", "")),
        ]  # fmt: skip

    def test_a_stray_quotation_mark_swallows_no_other_row(self, folder: Folder) -> None:
        rows = [f"2018-01-{day:02},{day}" for day in range(1, 29)]
        found = folder.read("time,value", *rows[:9], '"018-01-10,10', *rows[10:])
        assert found.rejected == [(11, Reason.BROKEN_QUOTES)]
        assert [line for line, _cells in found.rows] == [*range(2, 11), *range(12, 30)]

    def test_two_stray_quotation_marks_swallow_nothing_between_them(self, folder: Folder) -> None:
        rows = [f"2018-01-{day:02},{day}" for day in range(1, 29)]
        found = folder.read(
            "time,value", *rows[:9], '"018-01-10,10', rows[10], '2018-01-12,12"', *rows[12:]
        )
        assert found.rejected == [(11, Reason.BROKEN_QUOTES)]
        assert [line for line, _cells in found.rows] == [*range(2, 11), *range(12, 30)]
        assert found.rows[10] == (13, ("2018-01-12", '12"'))  # no number: told where it is read

    @pytest.mark.parametrize(
        "row", ['"2018-01-10","10', '"2018-01-10","102', '"2018-01-10","1"0"', '"2018-01-10,"10"']
    )
    def test_a_lost_quotation_mark_costs_its_own_row(self, folder: Folder, row: str) -> None:
        rows = [f'"2018-01-{day:02}","{day}"' for day in range(1, 29)]
        found = folder.read('"time","value"', *rows[:9], row, *rows[10:])
        assert [line for line, _reason in found.rejected] == [11]
        assert [line for line, _cells in found.rows] == [*range(2, 11), *range(12, 30)]

    @settings(max_examples=200, deadline=None)
    @given(
        st.lists(
            st.tuples(*[st.text('ab,"; \n', max_size=5).map(lambda text: "x" + text)] * 3),
            min_size=1, max_size=8,
        ),
        st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    )  # fmt: skip
    def test_what_another_program_wrote_is_read_as_it_meant_it(
        self, tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], quoting: int
    ) -> None:
        path = tmp_path_factory.mktemp("tables") / "meter.csv"
        # A line of such a cell could be a row of its own: those are refused.
        rows = [tuple(cell.replace("\n", " ") for cell in row) for row in rows]
        with path.open("w", newline="") as file:
            csv.writer(file, quoting=quoting).writerows([("t", "v", "n"), *rows])  # type: ignore[arg-type]
        found = read(path, TableFormat(delimiter=","))
        assert [cells for _line, cells in found.rows] == rows
        assert found.rejected == []


class TestHeader:
    def test_lines_before_the_header_are_skipped(self, folder: Folder) -> None:
        found = folder.read(
            "Load profile", "Meter;DE0001234", "", "Zeit;Wert [kWh];Status",
            "01.01.2018 00:15;3,17;W", "01.01.2018 00:30;3,18;W", "01.01.2018 00:45;3,19;W",
            "01.01.2018 01:00;3,20;W",
        )  # fmt: skip
        assert found.header == ["Zeit", "Wert [kWh]", "Status"]
        assert [line for line, _cells in found.rows] == [5, 6, 7, 8]

    def test_the_header_is_where_the_time_column_that_was_told_is(self, folder: Folder) -> None:
        lines = ("Meter;Hall 3", "Zeit;Wert", "01.01.2018 00:15;3,17", "01.01.2018 00:30;3,18")
        found = folder.read(*lines, table_format=TableFormat(time_column="Zeit"))
        assert found.header == ["Zeit", "Wert"]
        assert len(found.rows) == 2

    def test_a_title_as_wide_as_the_table_is_not_the_header(self, folder: Folder) -> None:
        """ "Werk Nord;Strom" was taken for it, and MWh in the true one were stored as kWh."""
        rows = ("01.01.2018 00:15;3,17", "01.01.2018 00:30;3,18")
        found = folder.read("Werk Nord;Strom", "Kunde;4711", "Zeit;Verbrauch MWh", *rows)
        assert found.header == ["Zeit", "Verbrauch MWh"]
        assert [line for line, _cells in found.rows] == [4, 5]

    @pytest.mark.parametrize("units", [";MWh", "[dd.mm.yyyy];[MWh]", "-;MWh", "local;MWh"])
    def test_a_row_of_units_below_the_names_is_no_reading(self, units: str, folder: Folder) -> None:
        found = folder.read("Zeit;Verbrauch", units, "01.01.2018 00:15;3,17")
        assert (found.header, len(found.rows), found.rejected) == (["Zeit", "Verbrauch"], 1, [])

    def test_a_damaged_row_after_names_with_units_is_no_row_of_units(self, folder: Folder) -> None:
        found = folder.read("Zeit;kWh", "rubbish;more", "01.01.2018 00:15;3,17")
        assert len(found.rows) == 2

    def test_names_are_told_without_spaces_and_line_ends(self, folder: Folder) -> None:
        found = folder.read('\ufeff time ,"Energy', '[kWh]"', "2018-01-01,1", "2018-01-02,2")
        assert found.header == ["time", "Energy [kWh]"]
        assert [line for line, _cells in found.rows] == [3, 4]

    def test_columns_without_a_name_are_told_by_their_place(self, folder: Folder) -> None:
        assert folder.read(",value", "2018-01-01,1").header == ["column 1", "value"]

    def test_columns_of_one_name_are_told_by_their_place(self, folder: Folder) -> None:
        found = folder.read("time,kWh,kWh", "2018-01-01,1,2")
        assert found.header == ["time", "kWh (column 2)", "kWh (column 3)"]

    def test_empty_names_at_the_end_are_no_columns(self, folder: Folder) -> None:
        found = folder.read("time,value,,", "2018-01-01,1,,", "2018-01-02,2,,")
        assert (found.header, len(found.rows)) == (["time", "value"], 2)

    @pytest.mark.parametrize(
        ("lines", "reason"),
        [
            (["2018-01-01 00:00,3.17", "2018-01-01 00:15,3.18"], "the first line is a reading"),
            (["01/01/18 0:15,3.17", "01/01/18 0:30,3.18"], "the first line is a reading"),
            (["1514764800,3", "1514765700,4"], "the first line is a reading"),
            (["20180131T1315;3", "20180131T1330;4"], "the first line is a reading"),
            (["Jan 31 2018;3.5", "Feb 1 2018;4.5"], "the first line is a reading"),
            (["time,value", "2018-01-01,3,5", "2018-01-02,4,5"], "the header has 2 columns, the"),
            (["2018-01-01,3,", "2018-01-02,4,x", "2018-01-03,5,x"], "the first line is a reading"),
            (["time value", "2018-01-01,3", "2018-01-02,4"], "the first line is a reading"),
            (["time", "2018-01-01", "2018-01-02"], "no columns are found"),
            (["", " ", ""], "no columns are found"),
        ],
    )
    def test_a_file_without_a_header_is_refused(
        self, folder: Folder, lines: Sequence[str], reason: str
    ) -> None:
        with pytest.raises(ImportFailed, match=reason):
            folder.read(*lines)

    def test_a_header_after_readings_is_refused(self, folder: Folder) -> None:
        lines = ("2018-01-01,1", "2018-01-02,2", "time,value", "2018-01-03,3")
        with pytest.raises(ImportFailed, match="readings stand before the header") as told:
            folder.read(*lines, table_format=TableFormat(time_column="time"))
        assert told.value.line == 1

    def test_a_header_with_one_column_is_refused(self, folder: Folder) -> None:
        with pytest.raises(ImportFailed, match="one column only"):
            folder.read("time", "2018-01-01", table_format=TableFormat(delimiter=";"))


class TestDelimiter:
    @pytest.mark.parametrize(
        ("lines", "delimiter"),
        [
            (["time,value", "2018-01-01,3.17"], ","),
            (["Zeit;Wert", "01.01.2018;3,17", "02.01.2018;3,18"], ";"),
            (["Zeit\tWert, kWh", "01.01.2018\t3,17"], "\t"),
            (["time|a|b", "2018-01-01|1,0|2,0"], "|"),
            (['time,"a;b;c"', '2018-01-01,"1;2;3"'], ","),
            (["sep=;", "a;b", "1,5;2,5", "1,5;2,5"], ";"),
            (["A title, with a comma", "a;b;c", "1;2;3", "1;2;3"], ";"),
            (['"time","value"', '"2018-01-01","3,17"'], ","),
            (["Zeit;Wert", "1.1.2018;3,17", "1.2.2018 3,18", "1.3.2018;;3,1"], ";"),
        ],
    )
    def test_the_delimiter_is_found(self, lines: Sequence[str], delimiter: str) -> None:
        assert found_delimiter(lines) == delimiter

    def test_a_delimiter_that_was_said_is_taken(self, folder: Folder) -> None:
        found = folder.read("a b", "1 2", table_format=TableFormat(delimiter=" "))
        assert found.header == ["a", "b"]

    @pytest.mark.parametrize("delimiter", ["", ";;", '"', "\n"])
    def test_a_delimiter_is_one_character(self, folder: Folder, delimiter: str) -> None:
        with pytest.raises(ImportFailed, match="a delimiter is one character"):
            folder.read("a;b", "1;2", table_format=TableFormat(delimiter=delimiter))
