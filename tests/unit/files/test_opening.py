"""Text files as people have them: packed or not, in any usual encoding, damaged, or no text."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.files.opening import LONGEST_LINE, OpenedText, found_encoding, opened_text

TEXT = "Zeit;Wert [m³]\n01.01.2018 00:15;3,17\n01.01.2018 00:30;4,46\n"
LINES = ["Zeit;Wert [m³]", "01.01.2018 00:15;3,17", "01.01.2018 00:30;4,46"]


def all_lines(path: Path, encoding: str | None = None, size: int = 1000) -> list[str]:
    """Every line, taken in portions."""
    found: list[str] = []
    with opened_text(path, encoding) as text:
        while lines := text.taken(size):
            found += lines
    return found


def written(folder: Path, content: bytes, name: str = "meter.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


class TestEncodings:
    @pytest.mark.parametrize(
        ("content", "encoding"),
        [
            (TEXT.encode(), "utf-8"),
            (TEXT.encode("utf-8-sig"), "utf-8-sig"),
            (TEXT.encode("cp1252"), "cp1252"),
            (TEXT.encode("utf-16"), "utf-16"),
            (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
            (TEXT.encode("utf-16-le"), "utf-16-le"),
            (TEXT.encode("utf-16-be"), "utf-16-be"),
        ],
        ids=["UTF-8", "mark", "1252", "16", "16 big", "16 no mark", "16 big no mark"],
    )
    @pytest.mark.parametrize("packed", [bytes, gzip.compress], ids=["plain", "gzip"])
    def test_the_encoding_is_found(
        self, tmp_path: Path, content: bytes, encoding: str, packed: Callable[[bytes], bytes]
    ) -> None:
        path = written(tmp_path, packed(content))
        assert found_encoding(path) == encoding
        assert all_lines(path) == LINES

    def test_a_sign_beyond_ascii_far_down_in_the_file_tells_the_encoding(
        self, tmp_path: Path
    ) -> None:
        lines = ["time,meter,value", *("2018-01-01,Ofen,1.5",) * 20_000, "2018-01-01,Süd,2"]
        path = written(tmp_path, "\n".join(lines).encode("cp1252"))
        assert found_encoding(path) == "cp1252"
        assert all_lines(path)[-1] == "2018-01-01,Süd,2"

    def test_one_damaged_byte_makes_no_other_encoding(self, tmp_path: Path) -> None:
        content = TEXT.replace("Zeit", "Zählerzeit").encode().replace(b";4,46", b";4\xff46")
        path = written(tmp_path, content)
        assert all_lines(path) == ["Zählerzeit;Wert [m³]", LINES[1], "01.01.2018 00:30;4\ufffd46"]

    def test_an_encoding_that_was_said_is_taken(self, tmp_path: Path) -> None:
        path = written(tmp_path, "время;кВтч\n".encode("cp1251"))
        assert all_lines(path, "cp1251") == ["время;кВтч"]

    def test_utf_8_that_was_said_may_have_a_mark(self, tmp_path: Path) -> None:
        path = written(tmp_path, TEXT.encode("utf-8-sig"))
        assert all_lines(path, "UTF8") == LINES

    @pytest.mark.parametrize("encoding", ["klingon", "hex", "rot13"])
    def test_an_encoding_that_there_is_not_is_told(self, tmp_path: Path, encoding: str) -> None:
        path = written(tmp_path, TEXT.encode())
        with pytest.raises(ImportFailed, match=f"there is no text encoding '{encoding}'"):
            all_lines(path, encoding)


class TestLines:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_any_line_end_ends_a_line(self, tmp_path: Path, end: str) -> None:
        path = written(tmp_path, TEXT.replace("\n", end).encode())
        assert all_lines(path) == LINES

    def test_the_last_line_needs_no_end(self, tmp_path: Path) -> None:
        assert all_lines(written(tmp_path, TEXT.rstrip().encode())) == LINES

    def test_blank_lines_are_lines(self, tmp_path: Path) -> None:
        assert all_lines(written(tmp_path, b"a,b\n\n1,2\n\n")) == ["a,b", "", "1,2", ""]

    @pytest.mark.parametrize("size", [1, 7, 40_000])
    def test_lines_are_the_same_in_portions_of_any_size(self, tmp_path: Path, size: int) -> None:
        lines = [f"2018-01-01 00:00,{each}.5" for each in range(100_000 if size > 7 else 5_000)]
        path = written(tmp_path, gzip.compress("\n".join(lines).encode()))
        assert all_lines(path, size=size) == lines

    def test_lines_that_were_looked_at_are_still_to_be_taken(self, tmp_path: Path) -> None:
        with opened_text(written(tmp_path, TEXT.encode())) as text:
            assert text.peeked(2) == LINES[:2]
            assert (text.taken(1), text.line) == (LINES[:1], 1)
            assert text.peeked(9) == LINES[1:]
            assert (text.taken(9), text.line) == (LINES[1:], 3)
            assert text.taken(9) == []

    def test_a_zero_is_a_damaged_byte(self, tmp_path: Path) -> None:
        path = written(tmp_path, b"time,value\n2018-01-01,1\x002\n" + b"2018-01-02,3\n" * 20)
        assert all_lines(path)[1] == "2018-01-01,1\ufffd2"

    def test_what_is_done_of_a_file_rises_to_all_of_it(self, tmp_path: Path) -> None:
        path = written(tmp_path, b"2018-01-01 00:00,1.5\n" * 200_000)
        with opened_text(path) as text:
            done = [text.done]
            while text.taken(10_000):
                done.append(text.done)
        assert done == sorted(done)
        assert done[0] == 0.0
        assert 0.05 < done[1] < 0.1
        assert done[-1] == 1.0


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "is empty"),
            (gzip.compress(b""), "is empty"),
            (bytes(range(256)) * 100, "is no text file"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old Excel file"),
            (bz2.compress(TEXT.encode()), "packed with bzip2"),
            (lzma.compress(TEXT.encode()), "packed with xz"),
            (b"%PDF-1.7\n", "a PDF"),
            (TEXT.encode("utf-32"), "text in UTF-32"),
            (TEXT.encode("utf-16")[:60] + TEXT.encode("utf-16")[61:], "damaged: a byte"),
            (gzip.compress(TEXT.encode())[:-9], "cannot be read: Compressed file ended"),
            (gzip.compress(TEXT.encode())[:-8] + bytes(8), "cannot be read: CRC check failed"),
            (gzip.compress(TEXT.encode()) + b"more", "cannot be read: Not a gzipped file"),
        ],
        ids=[
            "empty",
            "empty gzip",
            "rubbish",
            "xls",
            "bzip2",
            "xz",
            "pdf",
            "32",
            "slipped",
            "cut",
            "crc",
            "more",
        ],
    )
    def test_a_file_that_is_no_text_is_told_as_what_it_is(
        self, tmp_path: Path, content: bytes, reason: str
    ) -> None:
        path = written(tmp_path, content)
        with pytest.raises(ImportFailed, match=rf"meter\.csv (is )?{reason}"):
            all_lines(path)

    def test_an_old_excel_file_is_told_with_an_encoding_too(self, tmp_path: Path) -> None:
        path = written(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))
        with pytest.raises(ImportFailed, match="an old Excel file"):
            all_lines(path, "utf-8")

    def test_a_zip_archive_is_to_be_unpacked(self, tmp_path: Path) -> None:
        path = tmp_path / "meter.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("meter.csv", TEXT)
        with pytest.raises(ImportFailed, match="a zip archive"):
            found_encoding(path)

    def test_a_missing_file_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(ImportFailed, match=r"none\.csv cannot be read: No such file"):
            found_encoding(tmp_path / "none.csv")

    @pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")
    def test_a_pipe_and_a_folder_are_no_files(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        for path in (tmp_path / "pipe", tmp_path):
            with pytest.raises(ImportFailed, match="is no file"):
                found_encoding(path)

    def test_a_line_without_end_is_refused_before_it_fills_the_memory(self, tmp_path: Path) -> None:
        path = written(tmp_path, b"time,value\n" + b"1," * LONGEST_LINE * 20)
        with opened_text(path) as text, pytest.raises(ImportFailed, match="a line of more") as told:
            text.taken(10)
        assert told.value.line == 2

    def test_a_long_line_among_others_is_told_by_its_number(self, tmp_path: Path) -> None:
        lines = ["time,value", "1,2", "x" * (LONGEST_LINE + 1), "3,4"]
        path = written(tmp_path, "\n".join(lines).encode())
        with opened_text(path) as text, pytest.raises(ImportFailed, match="a line of more") as told:
            text.taken(10)
        assert told.value.line == 3

    def test_what_fails_while_a_file_is_open_is_not_told_as_the_file_s_fault(
        self, tmp_path: Path
    ) -> None:
        def lost(_text: OpenedText) -> None:
            raise ConnectionResetError("the database is gone")

        with (
            pytest.raises(ConnectionResetError),
            opened_text(written(tmp_path, TEXT.encode())) as text,
        ):
            lost(text)
