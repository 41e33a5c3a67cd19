"""Baselines that were trained, good and bad, or could not be."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.baseline import (
    Baseline,
    Model,
    ModelWarning,
    Rule,
    RuleBroken,
    Sampling,
    Term,
    Verdict,
)
from enms_core.domain.baseline_answers import (
    NoSeu,
    TooFewSamples,
    Trained,
    TrainingRefused,
)
from enms_core.domain.seu import SeuOfSource
from tests.unit.answers.common import CATALOGUE, Case, question
from tests.unit.catalogues import ids_of
from tests.unit.trained_models import (
    BOILER,
    COMPRESSOR,
    PRODUCTION,
    TEMPERATURE,
    baseline,
    inactive,
    model,
    statistics,
)

ASKED = question("Compressor-1", intent="baseline_train")
GAS = replace(question("Boiler-1", intent="baseline_train"), sources=("natural_gas",))


def trained(
    made: Baseline,
    active: int | None = None,
    of: SeuOfSource = COMPRESSOR,
    insignificant: tuple[str, ...] = (),
) -> Trained:
    active = made.version if made.is_active else active
    return Trained(
        question=ASKED,
        period=made.period,
        of=of,
        baseline=made,
        active_version=active,
        insignificant=insignificant,
    )


def broken(*rules: Rule, driver: str = PRODUCTION) -> Verdict:
    named = ("driver_p_value", "driver_range")
    return Verdict(
        tuple(RuleBroken(rule, driver=driver if rule in named else None) for rule in rules)
    )


def warned(*warnings: ModelWarning) -> Model:
    return model(verdict=Verdict(warnings=warnings))


WEAK = model(figures=statistics(0.06), verdict=broken("r2", "driver_p_value"))
INVALID = model(figures=statistics(0.71), verdict=broken("driver_p_value", driver=TEMPERATURE))
HEATING = model(
    Term("heating_degree_days", 310.0, "heating", 15.0), Term("gas_pressure_bar", -0.00042)
)
NAMELESS = replace(COMPRESSOR, source=replace(COMPRESSOR.source, name="heat", unit=""))
FEW = Sampling(700, 412, {"not_running": 200, "incomplete": 88})

CASES = {
    "good": Case(
        trained(baseline()),
        "Done. The electricity baseline of compressor one explains eighty seven percent of the "
        "variation in twenty twenty-four, from eight thousand six hundred and ten hours. "
        "Electricity per hour, in kilowatt hours, equals twenty one plus zero point zero zero "
        "seven one times production count plus zero point zero seven times outdoor temperature. "
        "It meets the validity rules of ISO fifty thousand and one practice. It is now the "
        "active baseline, version five.",
    ),
    "good, beside the active one": Case(
        trained(inactive(baseline()), active=4),
        "Done. The electricity baseline of compressor one explains eighty seven percent of the "
        "variation in twenty twenty-four, from eight thousand six hundred and ten hours. "
        "Electricity per hour, in kilowatt hours, equals twenty one plus zero point zero zero "
        "seven one times production count plus zero point zero seven times outdoor temperature. "
        "It meets the validity rules of ISO fifty thousand and one practice. I kept it as "
        "version five, and version four stays active.",
    ),
    "good, none active": Case(
        trained(inactive(baseline())),
        "Done. The electricity baseline of compressor one explains eighty seven percent of the "
        "variation in twenty twenty-four, from eight thousand six hundred and ten hours. "
        "Electricity per hour, in kilowatt hours, equals twenty one plus zero point zero zero "
        "seven one times production count plus zero point zero seven times outdoor temperature. "
        "It meets the validity rules of ISO fifty thousand and one practice. I kept it as "
        "version five, and no version is active.",
    ),
    "never judged": Case(
        trained(baseline(made=replace(model(), verdict=None))),
        "Done. The electricity baseline of compressor one explains eighty seven percent of the "
        "variation in twenty twenty-four, from eight thousand six hundred and ten hours. "
        "Electricity per hour, in kilowatt hours, equals twenty one plus zero point zero zero "
        "seven one times production count plus zero point zero seven times outdoor temperature. "
        "It is now the active baseline, version five.",
    ),
    "degree days of gas, tiny and negative coefficients": Case(
        trained(baseline(1, HEATING, of=BOILER), of=BOILER),
        "Done. The natural gas baseline of boiler one explains eighty seven percent of the "
        "variation in twenty twenty-four, from eight thousand six hundred and ten hours. "
        "Natural gas per hour, in cubic meters, equals twenty one plus twelve point nine times "
        "degrees below fifteen degrees minus zero point four two times gas pressure divided by "
        "one thousand. It meets the validity rules of ISO fifty thousand and one practice. It "
        "is now the active baseline, version one.",
    ),
    "by day, below a base": Case(
        trained(baseline(2, model(Term("heating_degree_days", 2.0, "heating", 15.0), grain="day"))),
        "Done. The electricity baseline of compressor one explains eighty seven percent of "
        "the variation in twenty twenty-four, from eight thousand six hundred and ten days. "
        "Electricity per day, in kilowatt hours, equals twenty one plus two times heating "
        "degree days. For heating degree days, the degrees below fifteen degrees are counted. "
        "It meets the validity rules of ISO fifty thousand and one practice. It is now the "
        "active baseline, version two.",
    ),
    "by hour, above a base": Case(
        trained(baseline(2, model(Term("cooling_degree_days", 48.0, "cooling", 18.5)))),
        "Done. The electricity baseline of compressor one explains eighty seven percent of "
        "the variation in twenty twenty-four, from eight thousand six hundred and ten hours. "
        "Electricity per hour, in kilowatt hours, equals twenty one plus two times degrees "
        "above eighteen point five degrees. It meets the validity rules of ISO fifty thousand "
        "and one practice. It is now the active baseline, version two.",
    ),
    "by day, from little, above a base": Case(
        trained(
            baseline(
                2,
                model(
                    Term("cooling_degree_days", -1.0, "cooling", 18.5),
                    Term("vibration_mm_s", 1.0),
                    intercept=0.0,
                    grain="day",
                    figures=statistics(0.996, 61),
                    verdict=Verdict(warnings=(ModelWarning("few_samples"),)),
                    left_out={"backfill": 31},
                ),
            )
        ),
        "Done. The electricity baseline of compressor one explains more than ninety nine "
        "percent of the variation in twenty twenty-four, from sixty one days. I left out thirty "
        "one days, because the readings were written afterwards. Electricity per day, in "
        "kilowatt hours, equals minus one times cooling degree days plus vibration mm s. For "
        "cooling degree days, the degrees above eighteen point five degrees are counted. It "
        "meets the validity rules of ISO fifty thousand and one practice. That is not much to "
        "learn from, so take it with care. It is now the active baseline, version two.",
    ),
    "warnings": Case(
        trained(
            baseline(
                made=warned(
                    ModelWarning("negative_coefficient", PRODUCTION),
                    ModelWarning("negative_intercept"),
                    ModelWarning("no_production_driver"),
                    ModelWarning("collinear", PRODUCTION, 31.0),
                    ModelWarning("collinear", TEMPERATURE, 31.0),
                )
            )
        ),
        "Done. The electricity baseline of compressor one explains eighty seven percent of the "
        "variation in twenty twenty-four, from eight thousand six hundred and ten hours. "
        "Electricity per hour, in kilowatt hours, equals twenty one plus zero point zero zero "
        "seven one times production count plus zero point zero seven times outdoor temperature. "
        "It meets the validity rules of ISO fifty thousand and one practice. In this model, "
        "more of production count means less use, and I see no physical reason for that. "
        "Production count and outdoor temperature say nearly the same, so the effect of each "
        "alone is not sure. With all drivers at zero it would expect less than nothing, so do "
        "not rely on it near standstill. None of its drivers tells how much was produced. It is "
        "now the active baseline, version five.",
    ),
    "degree days from the edge of what was seen": Case(
        trained(
            baseline(
                2,
                model(
                    Term("heating_degree_days", 3.0, "heating", 24.9),
                    intercept=1.0,
                    verdict=Verdict(
                        warnings=(ModelWarning("base_at_edge", "heating_degree_days", 24.9),)
                    ),
                ),
            )
        ),
        "Done. The electricity baseline of compressor one explains eighty seven percent of the "
        "variation in twenty twenty-four, from eight thousand six hundred and ten hours. "
        "Electricity per hour, in kilowatt hours, equals one plus zero point one two five times "
        "degrees below twenty four point nine degrees. It meets the validity rules of ISO fifty "
        "thousand and one practice. The temperature from which heating degree days count is not "
        "sure: it lies at the edge of what was seen. It is now the active baseline, version two.",
    ),
    "one driver that others tell": Case(
        trained(baseline(made=warned(ModelWarning("collinear", TEMPERATURE, 12.0)))),
        "Done. The electricity baseline of compressor one explains eighty seven percent of the "
        "variation in twenty twenty-four, from eight thousand six hundred and ten hours. "
        "Electricity per hour, in kilowatt hours, equals twenty one plus zero point zero zero "
        "seven one times production count plus zero point zero seven times outdoor temperature. "
        "It meets the validity rules of ISO fifty thousand and one practice. There is hardly "
        "anything in outdoor temperature that the other drivers do not tell, so its own effect "
        "is not sure. It is now the active baseline, version five.",
    ),
    "a driver that could be chance": Case(
        trained(baseline(), insignificant=(TEMPERATURE,)),
        "Done. The electricity baseline of compressor one explains eighty seven percent of the "
        "variation in twenty twenty-four, from eight thousand six hundred and ten hours. "
        "Electricity per hour, in kilowatt hours, equals twenty one plus zero point zero zero "
        "seven one times production count plus zero point zero seven times outdoor temperature. "
        "It meets the validity rules of ISO fifty thousand and one practice. The effect of "
        "outdoor temperature was not significant, it could be chance. It is now the active "
        "baseline, version five.",
    ),
    "weak, another stays active": Case(
        trained(inactive(baseline(made=WEAK)), active=4),
        "I trained the electricity baseline of compressor one, but it explains only six percent "
        "of the variation in twenty twenty-four, so I left version four active. The effect of "
        "production count was not significant, it could be chance. I kept it as version five.",
    ),
    "weak, none active": Case(
        trained(inactive(baseline(made=WEAK))),
        "I trained the electricity baseline of compressor one, but it explains only six percent "
        "of the variation in twenty twenty-four, so I did not make it the active one. The "
        "effect of production count was not significant, it could be chance. I kept it as "
        "version five.",
    ),
    "weak, but wanted": Case(
        trained(baseline(made=WEAK)),
        "I trained the electricity baseline of compressor one, and it is the active one now, "
        "version five, but it explains only six percent of the variation in twenty twenty-four. "
        "The effect of production count was not significant, it could be chance.",
    ),
    "weak, the one of another program stays active": Case(
        trained(inactive(baseline(1, made=WEAK)), active=0),
        "I trained the electricity baseline of compressor one, but it explains only six percent "
        "of the variation in twenty twenty-four, so I left the version of another program "
        "active. The effect of production count was not significant, it could be chance. I kept "
        "it as version one.",
    ),
    "invalid, another stays active": Case(
        trained(inactive(baseline(made=INVALID)), active=4),
        "I trained the electricity baseline of compressor one on readings in twenty "
        "twenty-four, but it does not meet the validity rules of ISO fifty thousand and one "
        "practice, so I left version four active. It explains seventy one percent of the "
        "variation, from eight thousand six hundred and ten hours. The effect of outdoor "
        "temperature was not significant, it could be chance. I kept it as version five.",
    ),
    "invalid, none active, all by chance": Case(
        trained(
            inactive(baseline(made=replace(INVALID, verdict=broken("f_test", "driver_range"))))
        ),
        "I trained the electricity baseline of compressor one on readings in twenty "
        "twenty-four, but it does not meet the validity rules of ISO fifty thousand and one "
        "practice, so I did not make it the active one. It explains seventy one percent of the "
        "variation, from eight thousand six hundred and ten hours. All drivers together explain "
        "no more than chance would. The values of production count are no longer those that it "
        "was trained on. I kept it as version five.",
    ),
    "invalid, but wanted, none sure": Case(
        trained(baseline(made=replace(INVALID, verdict=broken("one_driver_p_value")))),
        "I trained the electricity baseline of compressor one on readings in twenty "
        "twenty-four, and it is the active one now, version five, but it does not meet the "
        "validity rules of ISO fifty thousand and one practice. It explains seventy one percent "
        "of the variation, from eight thousand six hundred and ten hours. None of the drivers "
        "has a sure effect.",
    ),
    "a source without a unit": Case(
        trained(baseline(of=NAMELESS), of=NAMELESS),
        "Done. The heat baseline of compressor one explains eighty seven percent of the "
        "variation in twenty twenty-four, from eight thousand six hundred and ten hours. Heat "
        "per hour equals twenty one plus zero point zero zero seven one times production count "
        "plus zero point zero seven times outdoor temperature. It meets the validity rules of "
        "ISO fifty thousand and one practice. It is now the active baseline, version five.",
    ),
    "a source without a unit, by day": Case(
        trained(baseline(made=model(grain="day"), of=NAMELESS), of=NAMELESS),
        "Done. The heat baseline of compressor one explains eighty seven percent of the "
        "variation in twenty twenty-four, from eight thousand six hundred and ten days. Heat "
        "per day equals twenty one plus zero point zero zero seven one times production count "
        "plus zero point zero seven times outdoor temperature. It meets the validity rules of "
        "ISO fifty thousand and one practice. It is now the active baseline, version five.",
    ),
    "much left out": Case(
        trained(
            baseline(
                made=model(
                    figures=statistics(samples=4_000),
                    left_out={"driver_missing": 4_000, "incomplete": 784, "stopped": 90},
                )
            )
        ),
        "Done. The electricity baseline of compressor one explains eighty seven percent of the "
        "variation in twenty twenty-four, from four thousand hours. I left out four thousand "
        "seven hundred and eighty hours, mostly because values of drivers are missing. "
        "Electricity per hour, in kilowatt hours, equals twenty one plus zero point zero zero "
        "seven one times production count plus zero point zero seven times outdoor "
        "temperature. It meets the validity rules of ISO fifty thousand and one practice. It "
        "is now the active baseline, version five.",
    ),
    "left out for maintenance alone": Case(
        trained(baseline(made=model(left_out={"stopped": 3_000}))),
        "Done. The electricity baseline of compressor one explains eighty seven percent of the "
        "variation in twenty twenty-four, from eight thousand six hundred and ten hours. "
        "Electricity per hour, in kilowatt hours, equals twenty one plus zero point zero zero "
        "seven one times production count plus zero point zero seven times outdoor "
        "temperature. It meets the validity rules of ISO fifty thousand and one practice. It "
        "is now the active baseline, version five.",
    ),
    "too few": Case(
        TooFewSamples(
            question=ASKED,
            of=COMPRESSOR,
            grain="hour",
            sampling=FEW,
            needed=1_000,
            days_more=30,
        ),
        "I can't train the electricity baseline of compressor one yet: only four hundred and "
        "twelve hours count, and I need one thousand hours. About thirty days more of running "
        "would be enough.",
    ),
    "too few, one day more": Case(
        TooFewSamples(
            question=ASKED,
            of=COMPRESSOR,
            grain="day",
            sampling=Sampling(60, 59, {"incomplete": 1}),
            needed=60,
            days_more=1,
        ),
        "I can't train the electricity baseline of compressor one yet: only fifty nine days "
        "count, and I need sixty days. About one day more of running would be enough.",
    ),
    "nothing counts": Case(
        TooFewSamples(
            question=ASKED,
            of=COMPRESSOR,
            grain="hour",
            sampling=Sampling(24, 0, {"incomplete": 24}),
            needed=1_000,
            days_more=None,
        ),
        "I can't train the electricity baseline of compressor one with that: nothing of that "
        "time counts, and I need one thousand hours. I left out twenty four hours, because "
        "readings are missing.",
    ),
    "somebody else trains it": Case(
        TrainingRefused(question=ASKED, of=COMPRESSOR, reason="busy"),
        "Somebody else is training the electricity baseline of compressor one right now. Please "
        "try again in a minute.",
    ),
    "the use never varies": Case(
        TrainingRefused(question=ASKED, of=COMPRESSOR, reason="no_spread"),
        "The use of electricity of compressor one is the same all the time, so there is nothing "
        "to explain.",
    ),
    "a driver never varies": Case(
        TrainingRefused(
            question=ASKED, of=COMPRESSOR, reason="no_spread", drivers=(PRODUCTION, TEMPERATURE)
        ),
        "In that time, production count and outdoor temperature always had the same value, so "
        "that explains nothing.",
    ),
    "no driver explains the use": Case(
        TrainingRefused(question=ASKED, of=COMPRESSOR, reason="no_driver"),
        "No driver that I know for electricity explains what compressor one uses.",
    ),
    "a driver says what others say": Case(
        TrainingRefused(question=ASKED, of=COMPRESSOR, reason="dependent", drivers=(TEMPERATURE,)),
        "The other drivers already say all that outdoor temperature could say. Leave one of them "
        "out.",
    ),
    "no seu of the source": Case(
        NoSeu(
            question=GAS,
            source=BOILER.source,
            machines=tuple(map(CATALOGUE.machine, ids_of(CATALOGUE, "Conveyor-A"))),
        ),
        "No significant energy use of natural gas is registered for conveyor A, so there is no "
        "baseline.",
    ),
    "no seu of machines": Case(
        NoSeu(
            question=ASKED,
            source=None,
            machines=tuple(map(CATALOGUE.machine, ids_of(CATALOGUE, "Conveyor-A", "HVAC-Main"))),
        ),
        "No significant energy use is registered for conveyor A and HVAC main, so there is no "
        "baseline.",
    ),
    "no seu of a source anywhere": Case(
        NoSeu(question=GAS, source=BOILER.source, machines=()),
        "There is no significant energy use of natural gas in my list.",
    ),
    "no seu at all": Case(
        NoSeu(question=ASKED, source=None, machines=()),
        "There are no significant energy uses in my list yet.",
    ),
}
