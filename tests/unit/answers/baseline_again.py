"""Baselines that are trained again or one after the other, and when one was trained."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.baseline import Baseline
from enms_core.domain.baseline_answers import BaselineExplanation, EveryOneTrained, Trained
from enms_core.domain.baseline_asking import OffersOneByOne
from enms_core.domain.help import HelpAnswer
from enms_core.domain.seu import SeuOfSource
from tests.unit.answers.baseline_train import ASKED, WEAK
from tests.unit.answers.common import Case, question
from tests.unit.trained_models import COMPRESSOR, baseline, inactive, seu_of

EVERY = question(kind="all", intent="baseline_train")
SINCE = replace(question("Compressor-1", intent="baseline_explain"), of_training=True)
USES = tuple(
    seu_of(machine, "electricity") for machine in ("Compressor-1", "HVAC-Main", "Conveyor-A")
)
FOUR = (*USES, seu_of("Boiler-1", "natural gas"))


def again(made: Baseline, active: int | None) -> Trained:
    return Trained(
        question=ASKED,
        period=made.period,
        of=COMPRESSOR,
        baseline=made,
        active_version=active,
        is_unchanged=True,
    )


def replacing(made: Baseline, before: int, is_worse: bool) -> Trained:
    fresh = replace(again(made, made.version), is_unchanged=False)
    return replace(fresh, replaced=before, is_worse=is_worse)


def one_by_one(*without: SeuOfSource) -> OffersOneByOne:
    return OffersOneByOne(question=EVERY, need="offer", of=without[0], without=without)


def since(made: Baseline) -> BaselineExplanation:
    return BaselineExplanation(
        question=SINCE, period=made.period, of=COMPRESSOR, baseline=made, influences=()
    )


GOOD = (
    "Done. The electricity baseline of compressor one explains eighty seven percent of the "
    "variation in twenty twenty-four, from eight thousand six hundred and ten hours. "
    "Electricity per hour, in kilowatt hours, equals twenty one plus zero point zero zero "
    "seven one times production count plus zero point zero seven times outdoor temperature. "
    "It meets the validity rules of ISO fifty thousand and one practice. It is now the "
    "active baseline, version five."
)

CASES = {
    "better than the version before": Case(replacing(baseline(), 4, is_worse=False), GOOD),
    "worse than the version before": Case(
        replacing(baseline(), 4, is_worse=True),
        f"{GOOD} It fits worse than version four did; say activate version four to go back.",
    ),
    "invalid but wanted, worse than the version before": Case(
        replacing(baseline(made=WEAK), 4, is_worse=True),
        "I trained the electricity baseline of compressor one, and it is the active one now, "
        "version five, but it explains only six percent of the variation in twenty twenty-four. "
        "The effect of production count was not significant, it could be chance. It fits worse "
        "than version four did; say activate version four to go back.",
    ),
    "the same as the active version": Case(
        again(baseline(), 5),
        "Nothing has changed: training the electricity baseline of compressor one again gave the "
        "same model as version five, which stays active. Version five explains eighty seven "
        "percent of the variation.",
    ),
    "the same as another version": Case(
        again(inactive(baseline(3)), 5),
        "Nothing has changed: training the electricity baseline of compressor one again gave the "
        "same model as version three, and version five stays active. Version three explains "
        "eighty seven percent of the variation. Say activate version three to use it.",
    ),
    "the same as a bad version, none active": Case(
        again(inactive(baseline(3, WEAK)), None),
        "Nothing has changed: training the electricity baseline of compressor one again gave the "
        "same model as version three, and none is active. Version three explains six percent of "
        "the variation and does not meet the validity rules.",
    ),
    "several at once": Case(
        one_by_one(*FOUR),
        "By voice I train one baseline at a time. There is none yet for electricity of compressor "
        "one, electricity of HVAC main, electricity of conveyor A and natural gas of boiler one. "
        "I can begin with the electricity of compressor one. Shall I?",
    ),
    "several at once, and all have one": Case(
        EveryOneTrained(question=EVERY),
        "By voice I train one baseline at a time. All of those have one already. Name a machine "
        "to train it again.",
    ),
    "since when": Case(
        since(baseline()),
        "The active electricity baseline of compressor one is version five. It was trained on the "
        "third of November twenty twenty six, with readings in twenty twenty-four.",
    ),
    "to be deleted": Case(
        HelpAnswer(
            question=question(kind="all", intent="help"),
            topic="baselines_deleting",
            machine="Boiler-1",
        ),
        "Baselines are never deleted by voice, so that every earlier answer can be checked. But "
        "another version can take the place of the active one. For example: activate version one "
        "for boiler one.",
    ),
}
