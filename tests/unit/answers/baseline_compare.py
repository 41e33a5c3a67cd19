"""Which of some baselines is better."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from enms_core.domain.baseline import Model, Term
from enms_core.domain.baseline_comparison import BaselineComparison, Candidate, NothingToCompare
from tests.unit.answers.baseline_train import WEAK
from tests.unit.answers.common import Case, question
from tests.unit.trained_models import (
    COMPRESSOR,
    PRODUCTION,
    TEMPERATURE,
    model,
    of_another_program,
    statistics,
)

ASKED = question("Compressor-1", intent="baseline_compare")
HUMIDITY = "outdoor_humidity_percent"


def erring(percent: float | None, *terms: Term, r2: float = 0.87) -> Model:
    figures = replace(statistics(r2), out_of_time_cvrmse_percent=percent)
    return model(*terms, figures=figures)


def compared(
    *candidates: Candidate,
    better: int | None,
    by: Literal["out_of_time", "adjusted_r2", "validity", "unknown"] = "out_of_time",
    drivers: tuple[str, ...] = (),
) -> BaselineComparison:
    return BaselineComparison(
        question=ASKED,
        of=COMPRESSOR,
        candidates=candidates,
        better=better,
        by=by,
        compared=drivers,
    )


WITH = (Term(PRODUCTION, 0.0071), Term(HUMIDITY, 0.2))
WITHOUT = (Term(PRODUCTION, 0.0071),)

CASES = {
    "two versions": Case(
        compared(
            Candidate(erring(6.2), 5, is_active=True),
            Candidate(erring(9.4), 4),
            better=0,
        ),
        "Of the electricity baseline of compressor one, version five is better than version "
        "four. On readings that it had not seen, its usual error is six percent instead of nine "
        "percent. Version five is the active one.",
    ),
    "two versions nearly as good": Case(
        compared(
            Candidate(erring(6.21), 5, is_active=True),
            Candidate(erring(5.87), 4),
            better=1,
        ),
        "Of the electricity baseline of compressor one, version four is better than version "
        "five. On readings that it had not seen, its usual error is five point eight seven "
        "percent instead of six point two one percent. Version five is the active one.",
    ),
    "two versions as good": Case(
        compared(
            Candidate(erring(6.21), 5, is_active=True), Candidate(erring(6.2), 4), better=None
        ),
        "Of the electricity baseline of compressor one, version five and version four are about "
        "as good. On readings that they had not seen, the usual error is six percent. Version "
        "five is the active one.",
    ),
    "two versions as good by what they explain": Case(
        compared(
            Candidate(erring(None), 5, is_active=True),
            Candidate(erring(None, r2=0.874), 4),
            better=None,
            by="adjusted_r2",
        ),
        "Of the electricity baseline of compressor one, version five and version four are about "
        "as good. Counting their drivers against them, they explain eighty seven percent of the "
        "variation. Version five is the active one.",
    ),
    "only one is valid": Case(
        compared(
            Candidate(WEAK, 5), Candidate(model(), 4, is_active=True), better=1, by="validity"
        ),
        "Of the electricity baseline of compressor one, version four is better than version "
        "five. Only this one meets the validity rules of ISO fifty thousand and one practice. "
        "Version four is the active one.",
    ),
    "one of another program": Case(
        compared(
            Candidate(model(), 1),
            Candidate(of_another_program(), 0, is_active=True),
            better=None,
            by="unknown",
        ),
        "Which is better for the electricity of compressor one, version one or the version of "
        "another program, I can't tell, because statistics are missing. The version of another "
        "program is the active one.",
    ),
    "better with a driver": Case(
        compared(
            Candidate(erring(None, *WITH, r2=0.91)),
            Candidate(erring(None, *WITHOUT, r2=0.84)),
            better=0,
            by="adjusted_r2",
            drivers=(HUMIDITY,),
        ),
        "With outdoor humidity, the electricity model of compressor one is better. Counting its "
        "drivers against it, it explains ninety one percent of the variation instead of eighty "
        "four percent. I have only compared them, nothing was changed.",
    ),
    "better without a driver": Case(
        compared(
            Candidate(erring(7.4, *WITH)),
            Candidate(erring(6.6, *WITHOUT)),
            better=1,
            drivers=(HUMIDITY,),
        ),
        "Without outdoor humidity, the electricity model of compressor one is better. On "
        "readings that it had not seen, its usual error is six point six percent instead of "
        "seven point four percent. I have only compared them, nothing was changed.",
    ),
    "with or without drivers": Case(
        compared(
            Candidate(erring(7.4, *WITH)),
            Candidate(erring(7.4, *WITHOUT)),
            better=None,
            drivers=(HUMIDITY, TEMPERATURE),
        ),
        "With or without outdoor humidity and outdoor temperature, the electricity model of "
        "compressor one is about as good. On readings that they had not seen, the usual error "
        "is seven percent. I have only compared them, nothing was changed.",
    ),
    "a version and two models": Case(
        compared(
            Candidate(erring(7.4), 5, is_active=True),
            Candidate(erring(6.6, *WITHOUT)),
            Candidate(erring(8.6, *WITH)),
            better=1,
        ),
        "Of the electricity baseline of compressor one, the model with production count is "
        "better than version five or the model with production count and outdoor humidity. On "
        "readings that it had not seen, its usual error is six point six percent instead of "
        "seven point four percent. I have only compared them, nothing was changed.",
    ),
    "only one version": Case(
        NothingToCompare(question=ASKED, of=COMPRESSOR, versions=(1,)),
        "Of the electricity baseline of compressor one there is only version one. Name a "
        "driver, and I compare the model with and without it.",
    ),
    "no version": Case(
        NothingToCompare(question=ASKED, of=COMPRESSOR, versions=()),
        "There is no baseline yet for electricity of compressor one.",
    ),
}
