"""Fitting the classifier of a language on its sentences: deterministic, a few seconds.

The only module of understanding that needs scikit-learn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from enms_core.language.classify import OTHER, Fitted, View, feature_keys
from enms_core.language.wording import VIEWS, Wording, WordingReader

REGULARISATION = 0.5  # C of the support vector classifiers
# A feature of one sentence alone tells nothing of others: without them the model is half as large.
LEAST_SENTENCES = 2

Sentence = tuple[tuple[str, ...], str]


def fit(sentences: Sequence[Sentence], wordings: WordingReader) -> Fitted:
    """Fit on masked sentences, each with its intent; those of OTHER are what is not ours."""
    seen = [wordings.read(words) for words, _ in sentences]
    intents = np.array([intent for _, intent in sentences])
    vectorizers = [
        TfidfVectorizer(analyzer=view, sublinear_tf=True, min_df=LEAST_SENTENCES) for view in VIEWS
    ]
    matrix = hstack([each.fit_transform(seen) for each in vectorizers], format="csr")
    which = LinearSVC(C=REGULARISATION, random_state=0).fit(matrix, intents)
    # There are many more sentences of ours than of others; both kinds weigh the same.
    ours = LinearSVC(C=REGULARISATION, random_state=0, class_weight="balanced")
    ours.fit(matrix, intents != OTHER)
    weights = np.vstack([which.coef_, ours.coef_]).T.astype(np.float16)
    return Fitted(
        intents=tuple(map(str, which.classes_)),
        views=_views(vectorizers, weights),
        intercepts=np.append(which.intercept_, ours.intercept_).astype(np.float32),
        word_counts=_word_counts(seen),
    )


def _views(vectorizers: Sequence[TfidfVectorizer], weights: np.ndarray) -> tuple[View, ...]:
    """The rows of the weights, parted by the views whose features they belong to."""
    views: list[View] = []
    first = 0
    for vectorizer in vectorizers:
        keys = feature_keys(vectorizer.get_feature_names_out())
        order = np.argsort(keys, kind="stable")
        rows = weights[first : first + len(keys)][order]
        frequencies = vectorizer.idf_.astype(np.float32)[order]
        views.append(View(keys[order], frequencies, rows))
        first += len(keys)
    return tuple(views)


def _word_counts(seen: Sequence[Wording]) -> dict[str, int]:
    counts = Counter(word for each in seen for word in set(each.words))
    return dict(sorted(counts.items()))
