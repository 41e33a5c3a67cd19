"""Baselines explained, listed and made the active ones."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.baseline import Baseline, Model, Term
from enms_core.domain.baseline_answers import (
    Activated,
    BaselineExplanation,
    BaselineList,
    BaselinesOfSeu,
    Influence,
    VersionUnknown,
)
from enms_core.domain.seu import SeuOfSource
from tests.unit.answers.baseline_train import ASKED, HEATING, INVALID, WEAK
from tests.unit.answers.common import Case, question
from tests.unit.trained_models import (
    BOILER,
    COMPRESSOR,
    PRODUCTION,
    TEMPERATURE,
    baseline,
    inactive,
    model,
    of_another_program,
    seu_of,
    statistics,
)

IN_FULL = replace(ASKED, in_full=True)
ALL = question(kind="all", intent="baseline_list")


def explained(
    shown: Baseline, *influences: Influence, of: SeuOfSource = COMPRESSOR, in_full: bool = False
) -> BaselineExplanation:
    return BaselineExplanation(
        question=IN_FULL if in_full else ASKED,
        period=shown.period,
        of=of,
        baseline=shown,
        influences=influences,
    )


def versions(of: SeuOfSource, *each: Baseline) -> BaselinesOfSeu:
    return BaselinesOfSeu(of, each)


def activated(made: Model, before: int | None, version: int = 5) -> Activated:
    return Activated(question=ASKED, of=COMPRESSOR, baseline=baseline(version, made), before=before)


SEUS = [
    seu_of(machine, "electricity")
    for machine in ("Compressor-1", "HVAC-Main", "Conveyor-A", "Boiler-1", "Hydraulic-Pump-1")
]
MANY = tuple(versions(of, baseline(version, of=of)) for version, of in enumerate(SEUS, 1))
BOTH = (Influence(PRODUCTION, 0.81, 0.0071), Influence(TEMPERATURE, 0.19, 0.07))
FALLING = (Influence(TEMPERATURE, 1.0, -3.2),)
FIVE = tuple(inactive(baseline(version)) for version in (4, 3))

CASES = {
    "explained": Case(
        explained(baseline(), *BOTH),
        "The active electricity baseline of compressor one is version five. It was trained on "
        "readings in twenty twenty-four. What matters most is production count: the higher the "
        "value, the more electricity is used. The use rises with outdoor temperature. It "
        "explains eighty seven percent of the variation, from eight thousand six hundred and "
        "ten hours; its usual error is six percent. It meets the validity rules of ISO "
        "fifty thousand and one practice. It can't know of leaks, wear or changed settings.",
    ),
    "explained in full": Case(
        explained(baseline(made=model(left_out={"not_running": 3_000})), *BOTH, in_full=True),
        "The active electricity baseline of compressor one is version five. It was trained on "
        "the third of November twenty twenty six, with readings in twenty twenty-four. What "
        "matters most is production count: the higher the value, the more electricity is used. "
        "The use rises with outdoor temperature. It explains eighty seven percent of the "
        "variation, from eight thousand six hundred and ten hours; its usual error is six "
        "percent. On the last part of that time, which it had not seen, its usual error was "
        "seven percent. It meets the validity rules of ISO fifty thousand and one practice. "
        "Electricity per hour, in kilowatt hours, equals twenty one plus zero point zero zero "
        "seven one times production count plus zero point zero seven times outdoor "
        "temperature. It has seen production count from zero units to four hundred and twenty "
        "units. It has seen outdoor temperature from minus nine point five degrees to thirty "
        "three degrees. It can't know of leaks, wear or changed settings.",
    ),
    "the only driver": Case(
        explained(inactive(baseline(2, model(Term(TEMPERATURE, -3.2), intercept=90.0))), *FALLING),
        "On the electricity baseline of compressor one: version two is not active. It was "
        "trained on readings in twenty twenty-four. Its only driver is outdoor temperature: "
        "the higher the value, the less electricity is used. It explains eighty seven percent "
        "of the variation, from eight thousand six hundred and ten hours; its usual error "
        "is six percent. It meets the validity rules of ISO fifty thousand and one practice. "
        "It can't know of leaks, wear or changed settings.",
    ),
    "the only driver, rising": Case(
        explained(baseline(2, model(Term(TEMPERATURE, 3.2))), Influence(TEMPERATURE, 1.0, 3.2)),
        "The active electricity baseline of compressor one is version two. It was trained on "
        "readings in twenty twenty-four. Its only driver is outdoor temperature: the higher "
        "the value, the more electricity is used. It explains eighty seven percent of the "
        "variation, from eight thousand six hundred and ten hours; its usual error is six "
        "percent. It meets the validity rules of ISO fifty thousand and one practice. It can't "
        "know of leaks, wear or changed settings.",
    ),
    "the strongest falls": Case(
        explained(
            baseline(made=model(Term(TEMPERATURE, -3.2), Term(PRODUCTION, 0.1))),
            Influence(TEMPERATURE, 0.7, -3.2),
            Influence(PRODUCTION, 0.3, 0.1),
        ),
        "The active electricity baseline of compressor one is version five. It was trained on "
        "readings in twenty twenty-four. What matters most is outdoor temperature: the higher "
        "the value, the less electricity is used. The use rises with production count. It "
        "explains eighty seven percent of the variation, from eight thousand six hundred and "
        "ten hours; its usual error is six percent. It meets the validity rules of ISO "
        "fifty thousand and one practice. It can't know of leaks, wear or changed settings.",
    ),
    "degree days in full": Case(
        explained(
            baseline(1, HEATING, of=BOILER),
            Influence("heating_degree_days", 0.9, 310.0),
            Influence("gas_pressure_bar", 0.1, -0.00042),
            of=BOILER,
            in_full=True,
        ),
        "The active natural gas baseline of boiler one is version one. It was trained on the "
        "third of November twenty twenty six, with readings in twenty twenty-four. What "
        "matters most is heating degree days: the higher the value, the more natural gas is "
        "used. The use falls with gas pressure. It explains eighty seven percent of the "
        "variation, from eight thousand six hundred and ten hours; its usual error is six "
        "percent. On the last part of that time, which it had not seen, its usual error was "
        "seven percent. It meets the validity rules of ISO fifty thousand and one practice. "
        "Natural gas per hour, in cubic meters, equals twenty one plus twelve point nine times "
        "degrees below fifteen degrees minus zero point four two times gas pressure divided by "
        "one thousand. It has seen heating degree days from zero to twenty four. It has seen "
        "gas pressure from zero bar to one bar. It can't know of leaks, wear or changed "
        "settings.",
    ),
    "of another program": Case(
        explained(
            replace(
                baseline(0, of_another_program(), period=None),
                created_at=None,
            ),
            Influence(PRODUCTION, None, 0.0071),
            Influence(TEMPERATURE, None, -0.07),
        ),
        "The active electricity baseline of compressor one is the version of another program. "
        "Nobody knows which readings it was trained on. The use rises with production count. "
        "The use falls with outdoor temperature. Nobody knows how good it is, because it comes "
        "from another program without statistics. It can't know of leaks, wear or changed "
        "settings.",
    ),
    "without drivers": Case(
        explained(baseline(made=replace(model(), equation=replace(model().equation, terms=())))),
        "The active electricity baseline of compressor one is version five. It was trained on "
        "readings in twenty twenty-four. It has no drivers and always expects the same. It "
        "explains eighty seven percent of the variation, from eight thousand six hundred and "
        "ten hours; its usual error is six percent. It meets the validity rules of ISO "
        "fifty thousand and one practice.",
    ),
    "weak": Case(
        explained(baseline(made=WEAK), *BOTH),
        "The active electricity baseline of compressor one is version five. It was trained on "
        "readings in twenty twenty-four. What matters most is outdoor temperature: the higher "
        "the value, the more electricity is used. It explains six percent of the variation, "
        "from eight thousand six hundred and ten hours; its usual error is six percent. It "
        "does not meet the validity rules of ISO fifty thousand and one practice. The effect "
        "of production count was not significant, it could be chance. It can't know of leaks, "
        "wear or changed settings.",
    ),
    "made active": Case(
        activated(model(), None),
        "Version five is now the active electricity baseline of compressor one.",
    ),
    "made active instead": Case(
        activated(model(), 4),
        "Version five is now the active electricity baseline of compressor one. Before, it was "
        "version four.",
    ),
    "made active instead of another program's": Case(
        activated(INVALID, 0),
        "Version five is now the active electricity baseline of compressor one. Before, it was "
        "the version of another program. It does not meet the validity rules of ISO fifty "
        "thousand and one practice.",
    ),
    "active already": Case(
        activated(model(), 5),
        "Version five is the active electricity baseline of compressor one already.",
    ),
    "another program's made active again": Case(
        activated(of_another_program(), 5, 0),
        "The version of another program is now the active electricity baseline of compressor "
        "one. Before, it was version five.",
    ),
    "an unknown version": Case(
        VersionUnknown(question=ASKED, of=COMPRESSOR, asked=9, versions=(5, 4, 0)),
        "There is no version nine of the electricity baseline of compressor one. I know version "
        "five, version four and the version of another program.",
    ),
    "a version where there is none": Case(
        VersionUnknown(question=ASKED, of=COMPRESSOR, asked=9, versions=()),
        "There is no baseline yet for electricity of compressor one.",
    ),
    "none at all": Case(
        BaselineList(
            question=replace(ALL, scope=replace(ALL.scope, is_said=False)),
            trained=(),
            without=(COMPRESSOR,),
        ),
        "No baseline has been trained yet.",
    ),
    "none of some": Case(
        BaselineList(question=ASKED, trained=(), without=(COMPRESSOR, BOILER)),
        "There is no baseline yet for electricity of compressor one and natural gas of boiler one.",
    ),
    "one of one": Case(
        BaselineList(
            question=ASKED, trained=(versions(COMPRESSOR, baseline(), *FIVE),), without=()
        ),
        "Compressor one, electricity: version five explains eighty seven percent of the "
        "variation. It was trained on readings in twenty twenty-four. In all there are three "
        "versions.",
    ),
    "one in full": Case(
        BaselineList(
            question=IN_FULL,
            trained=(
                versions(
                    COMPRESSOR,
                    inactive(baseline(5, WEAK)),
                    baseline(4),
                    inactive(baseline(0, of_another_program())),
                ),
            ),
            without=(BOILER,),
        ),
        "Compressor one, electricity: version four explains eighty seven percent of the "
        "variation. It was trained on readings in twenty twenty-four. In all there are three "
        "versions. Version five explains six percent of the variation and does not meet the "
        "validity rules. The version of another program has no statistics, so nobody knows how "
        "good it is. There is none yet for natural gas of boiler one.",
    ),
    "one that is not active": Case(
        BaselineList(
            question=ASKED, trained=(versions(COMPRESSOR, inactive(baseline(1, WEAK))),), without=()
        ),
        "Compressor one, electricity: no version is active, the newest is version one.",
    ),
    "several": Case(
        BaselineList(
            question=ALL,
            trained=(
                versions(COMPRESSOR, baseline()),
                versions(BOILER, baseline(2, WEAK, of=BOILER)),
                versions(SEUS[1], baseline(0, of_another_program(), of=SEUS[1])),
                versions(SEUS[2], inactive(baseline(1, of=SEUS[2]))),
            ),
            without=(SEUS[3],),
        ),
        "There are baselines of four significant energy uses. Compressor one, electricity: "
        "version five explains eighty seven percent of the variation. Boiler one, natural gas: "
        "version two explains six percent of the variation and does not meet the validity "
        "rules. HVAC main, electricity: the version of another program, without statistics. "
        "Conveyor A, electricity: no version is active, the newest is version one. There is "
        "none yet for electricity of boiler one.",
    ),
    "many": Case(
        BaselineList(question=ALL, trained=MANY, without=()),
        "There are baselines of five significant energy uses. Compressor one, electricity: "
        "version one explains eighty seven percent of the variation. HVAC main, electricity: "
        "version two explains eighty seven percent of the variation. Conveyor A, electricity: "
        "version three explains eighty seven percent of the variation. There are two more.",
    ),
    "hardly anything explained": Case(
        BaselineList(
            question=ASKED,
            trained=(versions(COMPRESSOR, baseline(made=model(figures=statistics(0.0002)))),),
            without=(),
        ),
        "Compressor one, electricity: version five explains less than zero point one percent of "
        "the variation. It was trained on readings in twenty twenty-four.",
    ),
}
