"""A fitted model in a file: numbers and words only, nothing that could run when it is read."""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from enms_core.language.classify import Fitted, View
from enms_core.whole_files import whole_file

LOG = logging.getLogger(__name__)
CODE = Path(__file__).parent
# Models of a language that are kept: of this version, and of another one that may run beside it.
MOST_KEPT = 2


def content_key(texts: Iterable[str]) -> str:
    """A key of what a model is fitted on: the language's texts, and the code that reads them."""
    digest = hashlib.sha256()
    for path in sorted(CODE.glob("*.py")):
        digest.update(path.read_bytes())
    for text in texts:
        digest.update(f"{text}\0".encode())
    return digest.hexdigest()[:32]


def kept(path: Path, fit: Callable[[], Fitted]) -> Fitted:
    """The model in a file, else fitted anew and kept there for the next process.

    A file that cannot be read, or written, costs nothing but time.
    """
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        LOG.warning("fitting anew, %s cannot be read: %s", path, error)
    fitted = fit()
    try:
        _write(fitted, path)
        _forget_older(path)
    except OSError as error:
        LOG.warning("a fitted model is not kept in %s: %s", path, error)
    return fitted


def _read(path: Path) -> Fitted:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return Fitted(
            intents=_lines(arrays["intents"]),
            views=tuple(
                View(
                    arrays[f"keys_{index}"],
                    arrays[f"frequencies_{index}"],
                    arrays[f"weights_{index}"],
                )
                for index in range(int(arrays["views"]))
            ),
            intercepts=arrays["intercepts"],
            word_counts=dict(
                zip(_lines(arrays["words"]), arrays["word_counts"].tolist(), strict=True)
            ),
        )


def _write(fitted: Fitted, path: Path) -> None:
    """Another process may read or write it at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {
        "intents": _text(fitted.intents),
        "views": np.array(len(fitted.views)),
        "intercepts": fitted.intercepts,
        "words": _text(fitted.word_counts),
        "word_counts": np.array(list(fitted.word_counts.values()), dtype=np.int64),
    }
    for index, view in enumerate(fitted.views):
        arrays[f"keys_{index}"] = view.keys
        arrays[f"frequencies_{index}"] = view.frequencies
        arrays[f"weights_{index}"] = view.weights
    with whole_file(path) as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]


def _forget_older(path: Path) -> None:
    """Models of the language, in its folder, but the newest."""
    lang = path.name.rpartition("-")[0]
    others = [each for each in path.parent.glob(f"{lang}-*.npz") if each != path]
    others.sort(key=lambda each: each.stat().st_mtime, reverse=True)
    for older in others[MOST_KEPT - 1 :]:
        older.unlink(missing_ok=True)


def _text(lines: Iterable[str]) -> np.ndarray:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(text: np.ndarray) -> tuple[str, ...]:
    return tuple(text.tobytes().decode().split("\n"))
