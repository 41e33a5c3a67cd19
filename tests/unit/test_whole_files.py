"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from enms_core.whole_files import whole_file, whole_folder


class Failed(Exception):
    """Stands for whatever goes wrong in between."""


def test_a_file_takes_the_place_of_the_one_before_with_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_bytes(b"old")
    path.chmod(0o604)

    with whole_file(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604
    assert os.listdir(tmp_path) == ["kept"]


def test_of_a_file_that_fails_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_bytes(b"old")

    with pytest.raises(Failed), whole_file(path) as file:
        file.write(b"half")
        raise Failed

    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["kept"]


def test_a_folder_has_its_name_when_it_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "made"

    with whole_folder(path) as unfinished:
        (unfinished / "first").write_text("1")
        assert not path.exists()

    assert (path / "first").read_text() == "1"
    assert os.listdir(path.parent) == ["made"]


def test_the_folder_of_who_was_quicker_stays(tmp_path: Path) -> None:
    path = tmp_path / "made"

    with whole_folder(path) as unfinished:
        (unfinished / "ours").touch()
        path.mkdir()
        (path / "theirs").touch()

    assert os.listdir(path) == ["theirs"]
    assert os.listdir(tmp_path) == ["made"]


def test_of_a_folder_that_fails_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(Failed), whole_folder(tmp_path / "made") as unfinished:
        (unfinished / "half").touch()
        raise Failed

    assert os.listdir(tmp_path) == []
