"""A fitted model kept in a file: read as it was, and never trusted blindly."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from enms_core.language.classify import Fitted, View
from enms_core.language.fitted_file import content_key, kept

MODEL = Fitted(
    intents=("cost", "other"),
    views=(
        View(
            np.array([3, 2**63 + 1], dtype=np.uint64),
            np.array([1.5, 2.0], dtype=np.float32),
            np.array([[0.5, -0.5, 1.0], [0.25, 0.75, -1.0]], dtype=np.float16),
        ),
    ),
    intercepts=np.array([0.1, 0.2, 0.3], dtype=np.float32),
    word_counts={"über": 3, "a": 1},
)


class Fitting:
    """Counts how often a model is fitted."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Fitted:
        self.times += 1
        return MODEL


def test_a_model_is_fitted_once_and_then_read(tmp_path: Path) -> None:
    fitting = Fitting()
    first = kept(tmp_path / "models" / "m.npz", fitting)
    again = kept(tmp_path / "models" / "m.npz", fitting)

    assert fitting.times == 1
    assert first is MODEL
    assert (again.intents, again.word_counts) == (MODEL.intents, MODEL.word_counts)
    np.testing.assert_array_equal(again.views[0].keys, MODEL.views[0].keys)
    np.testing.assert_array_equal(again.views[0].weights, MODEL.views[0].weights)
    np.testing.assert_array_equal(again.views[0].frequencies, MODEL.views[0].frequencies)
    np.testing.assert_array_equal(again.intercepts, MODEL.intercepts)
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["m.npz"]


def _garbage(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 nothing of the kind")


def _cut(path: Path) -> None:
    kept(path, Fitting())
    path.write_bytes(path.read_bytes()[:-400])


def _without_words(path: Path) -> None:
    np.savez(path, intents=np.zeros(1, dtype=np.uint8))


def _pickled(path: Path) -> None:
    np.savez(path, intents=np.array([{"a": 1}], dtype=object), views=np.array(0))


@pytest.mark.parametrize("damage", [_garbage, _cut, _without_words, _pickled])
def test_a_damaged_file_is_fitted_anew_and_replaced(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "m.npz"
    damage(path)
    fitting = Fitting()

    assert kept(path, fitting).intents == MODEL.intents
    assert fitting.times == 1
    assert kept(path, fitting).intents == MODEL.intents
    assert fitting.times == 1


def test_what_a_file_holds_is_never_run(tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    path.write_bytes(pickle.dumps(MODEL.intents))

    assert kept(path, Fitting()) is MODEL


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where a folder should be", encoding="utf-8")

    assert kept(tmp_path / "models" / "m.npz", Fitting()) is MODEL


def test_each_change_of_a_text_has_another_key() -> None:
    keys = {content_key(texts) for texts in (["a", "b"], ["ab"], ["b", "a"], ["a", "b", ""])}
    assert len(keys) == 4
    assert content_key(["a", "b"]) == content_key(["a", "b"])


def test_models_of_versions_long_gone_are_not_kept(tmp_path: Path) -> None:
    for age, name in enumerate(("en-us-a", "en-us-b", "en-us-c", "de-de-a")):
        kept(tmp_path / f"{name}.npz", Fitting())
        os.utime(tmp_path / f"{name}.npz", (1_000 + age, 1_000 + age))
    kept(tmp_path / "en-us-d.npz", Fitting())

    names = sorted(path.stem for path in tmp_path.iterdir())
    assert names == ["de-de-a", "en-us-c", "en-us-d"]
