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
from enms_core.language.sentence import MACHINE
from enms_core.language.wording import VIEWS, WordingReader, course

SENTENCES = [
    (("how", "much", "did", "we", "use"), "energy"),
    (("our", "usage", "please"), "energy"),
    (("what", "did", "we", "spend"), "cost"),
    (("the", "bill", "please"), "cost"),
    (("play", "some", "music"), OTHER),
    (("stop", "the", "music"), OTHER),
]
THESAURUS = Thesaurus({"word_money": ("bill", "spend", "quid"), "word_use": ("use", "usage")})
WORDINGS = WordingReader(THESAURUS, ("the", "a"))
FITTING_TWICE = """
from tests.unit.test_classify import weights_key
print(weights_key())
"""


@pytest.fixture(scope="module")
def classifier() -> IntentClassifier:
    return IntentClassifier(fit(SENTENCES, WORDINGS), WORDINGS)


def weights_key() -> str:
    """The fitted numbers as one text."""
    fitted = fit(SENTENCES, WORDINGS)
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
    seen = [WORDINGS.read(words) for words, _ in SENTENCES]
    intents = [intent for _, intent in SENTENCES]
    asked = WORDINGS.read(("our", "bill", "please"))
    columns, row = [], []
    for view in VIEWS:
        vectorizer = TfidfVectorizer(analyzer=view, sublinear_tf=True, min_df=LEAST_SENTENCES)
        columns.append(vectorizer.fit_transform(seen).toarray())
        row.append(vectorizer.transform([asked]).toarray())
    model = LinearSVC(C=REGULARISATION, random_state=0).fit(np.hstack(columns), intents)
    margins = dict(zip(model.classes_, model.decision_function(np.hstack(row))[0], strict=True))
    shares = {each.intent: each.share for each in classifier.judge(asked.words).intents}

    assert shares["cost"] / shares["energy"] == pytest.approx(
        np.exp(5.0 * (margins["cost"] - margins["energy"])), rel=1e-2
    )  # weights are kept as half floats


def test_an_article_before_a_machine_tells_nothing() -> None:
    assert WORDINGS.read(("stop", "the", MACHINE)) == WORDINGS.read(("stop", MACHINE))
    assert WORDINGS.read(("stop", "the", "music")).words == ("stop", "the", "music")


def test_the_course_of_a_sentence_is_what_is_meant_first_next_and_last() -> None:
    features = Counter(course(WORDINGS.read(("our", "bill", "please"))))

    steps = ["^", "our", "money", "please", "$"]
    pairs = ["^>our", "^>money", "^>please", "our>money", "our>please", "our>$"]
    pairs += ["money>please", "money>$", "please>$"]
    threes = ["^>our>money", "our>money>please", "money>please>$"]
    assert features == Counter([*steps, *pairs, *threes])


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
