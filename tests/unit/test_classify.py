"""The classifier: the same whatever process fits it, and what it makes of a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from enms_core.language.classify import OTHER, IntentClassifier
from enms_core.language.concepts import Thesaurus
from enms_core.language.fitting import LEAST_SENTENCES, REGULARISATION, fit
from enms_core.language.wording import VIEWS, wording

SENTENCES = [
    (("how", "much", "did", "we", "use"), "energy"),
    (("our", "usage", "please"), "energy"),
    (("what", "did", "we", "spend"), "cost"),
    (("the", "bill", "please"), "cost"),
    (("play", "some", "music"), OTHER),
    (("stop", "the", "music"), OTHER),
]
THESAURUS = Thesaurus({"word_money": ("bill", "spend", "quid"), "word_use": ("use", "usage")})
FITTING_TWICE = """
from tests.unit.test_classify import weights_key
print(weights_key())
"""


@pytest.fixture(scope="module")
def classifier() -> IntentClassifier:
    return IntentClassifier(fit(SENTENCES, THESAURUS), THESAURUS)


def weights_key() -> str:
    """The fitted numbers as one text."""
    fitted = fit(SENTENCES, THESAURUS)
    return "".join(view.weights.tobytes().hex() for view in fitted.views)


def test_a_word_of_the_thesaurus_that_no_sentence_had_names_the_intent(
    classifier: IntentClassifier,
) -> None:
    assert "quid" not in classifier.known_words
    assert classifier.judge(("how", "many", "quid")).intents[0].intent == "cost"


def test_what_is_others_has_less_that_speaks_for_us(classifier: IntentClassifier) -> None:
    ours, theirs = classifier.judge(("our", "bill")), classifier.judge(("play", "music"))

    assert ours.ours > 0 > theirs.ours
    assert OTHER not in {ranked.intent for ranked in theirs.intents}


def test_words_that_no_sentence_had_make_a_sentence_less_ours(
    classifier: IntentClassifier,
) -> None:
    known = classifier.judge(("the", "bill", "please")).ours
    assert classifier.judge(("the", "bill", "xylophone")).ours < known


def test_shares_are_of_the_whole(classifier: IntentClassifier) -> None:
    judged = classifier.judge(("the", "usage"))
    assert sum(ranked.share for ranked in judged.intents) == pytest.approx(1)


def test_a_sentence_of_nothing_known_is_judged_too(classifier: IntentClassifier) -> None:
    assert classifier.judge(()).ours < 1
    assert classifier.judge(("xylophone",)).ours < 1


def test_margins_are_those_of_scikit_learn(classifier: IntentClassifier) -> None:
    seen = [wording(words, THESAURUS, None) for words, _ in SENTENCES]
    intents = [intent for _, intent in SENTENCES]
    asked = wording(("our", "bill", "please"), THESAURUS, None)
    columns, row = [], []
    for view in VIEWS:
        vectorizer = TfidfVectorizer(analyzer=view, sublinear_tf=True, min_df=LEAST_SENTENCES)
        columns.append(vectorizer.fit_transform(seen).toarray())
        row.append(vectorizer.transform([asked]).toarray())
    model = LinearSVC(C=REGULARISATION, random_state=0).fit(np.hstack(columns), intents)
    margins = dict(zip(model.classes_, model.decision_function(np.hstack(row))[0], strict=True))
    shares = {each.intent: each.share for each in classifier.judge(asked.words).intents}

    assert shares["cost"] / shares["energy"] == pytest.approx(
        np.exp(5.0 * (margins["cost"] - margins["energy"])), rel=1e-3
    )


def test_every_process_fits_the_same_numbers() -> None:
    keys = Counter(
        subprocess.run(
            [sys.executable, "-c", FITTING_TWICE],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.getcwd()},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "random")
    )
    assert keys == {weights_key() + "\n": 3}
