"""`python -m benchmarks.first_sentence LANG SENTENCE`: from the imports to the first sentence.

Prints JSON: seconds, and megabytes over an interpreter that has numpy and scikit-learn loaded.
"""

from __future__ import annotations

import json
import sys
import time

import numpy  # noqa: F401
import psutil
import sklearn.feature_extraction.text
import sklearn.svm  # noqa: F401


def main(lang: str, sentence: str) -> None:
    before = _memory_mb()
    started = time.perf_counter()
    _understand(lang, sentence)
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "memory_mb": _memory_mb() - before}))


def _understand(lang: str, sentence: str) -> None:
    from enms_core.domain.catalogue import Catalogue
    from enms_core.language.model import language_model
    from enms_core.language.understand import Interpreter

    Interpreter(language_model(lang), Catalogue()).understand(sentence)


def _memory_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6


if __name__ == "__main__":
    main(*sys.argv[1:])
