"""What to do about an SEU, and the offer of an action plan."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.advice import Advice
from enms_core.domain.opportunity import Opportunity
from enms_core.domain.performance import SeuPerformance
from tests.unit.answers.common import Case, question
from tests.unit.performances import (
    BARE_SAVINGS,
    SAVINGS,
    WEAK_BASELINE,
    cause,
    finding,
    opportunity,
    part,
    recommendation,
)

PLAN = question("Compressor-1", intent="action_plan_create")


def advice(shown: SeuPerformance, *by_rule: Opportunity) -> Advice:
    has_any = bool(shown.recommendations or by_rule)
    return Advice(
        question=PLAN if has_any else replace(PLAN, intent="opportunities"),
        need="offer",
        part=shown,
        opportunities=by_rule,
        outcome="clarify" if has_any else "answered",
    )


ANSWERS = {
    "a leak": advice(part(cause=cause(finding()), recommendations=(recommendation(),))),
    "two things, the first pays off": advice(
        part(
            cause=cause(finding("schedule"), finding("standby")),
            recommendations=(
                recommendation("schedule", payback_weeks=6.4),
                recommendation("standby", BARE_SAVINGS),
            ),
        )
    ),
    "pays off in a week, worth unknown": advice(
        part(
            cause=cause(finding("cooling")),
            recommendations=(recommendation("cooling", BARE_SAVINGS, payback_weeks=1.2),),
        )
    ),
    "a leak by a weak baseline": advice(
        part(shown=WEAK_BASELINE, cause=cause(finding()), recommendations=(recommendation(),))
    ),
    "wear": advice(part(cause=cause(finding("wear")), recommendations=(recommendation("wear"),))),
    "a gain that is kept": advice(part(recommendations=(recommendation("gain", BARE_SAVINGS),))),
    "by a rule": advice(part(), opportunity("idle", savings=SAVINGS)),
    "by rules of load": advice(part(), opportunity("part_load")),
    "by a base load": advice(part(), opportunity("base_load")),
    "by an extra load": advice(part(), opportunity("extra_load")),
    "nothing": advice(part(940.0, 951.0)),
    "nothing known": advice(part()),
}
SAID = {
    "a leak": (
        "Electricity of compressor one: search for leaks and seal them, best at night when it "
        "is quiet. Since the third of November, the use has been about one point seven "
        "kilowatts higher at all hours, day and night alike. That should save about two hundred "
        "and ninety kilowatt hours a week, give or take forty, which is forty four euros and "
        "one hundred and thirty kilograms of carbon dioxide. Shall I create an action plan?"
    ),
    "two things, the first pays off": (
        "Electricity of compressor one: correct the timer, so that it runs only when it is "
        "needed. Since the third of November, it has been running at times when it used to "
        "stand still, at about one point seven kilowatts. That should save about two hundred "
        "and ninety kilowatt hours a week, give or take forty, which is forty four euros and "
        "one hundred and thirty kilograms of carbon dioxide. At the cost that you told me, it "
        "pays off after six weeks. Also switch it off instead of letting it idle: about one "
        "hundred and twenty kilowatt hours a week. Shall I create an action plan?"
    ),
    "pays off in a week, worth unknown": (
        "Electricity of compressor one: clean the heat exchanger and check the set temperature. "
        "Since the third of November, the use has risen with the temperature more than "
        "expected, by about one point seven kilowatts on average. That should save about one "
        "hundred and twenty kilowatt hours a week. At the cost that you told me, it pays off "
        "after one week. Shall I create an action plan?"
    ),
    "a leak by a weak baseline": (
        "Electricity of compressor one: search for leaks and seal them, best at night when it "
        "is quiet. Since the third of November, the use has been about one point seven "
        "kilowatts higher at all hours, day and night alike. That should save about two hundred "
        "and ninety kilowatt hours a week, give or take forty, which is forty four euros and "
        "one hundred and thirty kilograms of carbon dioxide. Mind that this baseline does not "
        "meet the validity rules, so it is only a rough guide. Shall I create an action plan?"
    ),
    "wear": (
        "Electricity of compressor one: clean it and check it for wear. Since the third of "
        "November, the use has been growing slowly, by about one point seven kilowatts by now. "
        "That should save about two hundred and ninety kilowatt hours a week, give or take "
        "forty, which is forty four euros and one hundred and thirty kilograms of carbon "
        "dioxide. Shall I create an action plan?"
    ),
    "a gain that is kept": (
        "Electricity of compressor one: keep it as it is now, and train the baseline anew. "
        "Shall I create an action plan?"
    ),
    "by a rule": (
        "Compressor one could save about two hundred and ninety kilowatt hours of electricity a "
        "week: switch it off while nothing is made. That is eight percent of what it used in "
        "that time. That would save forty four euros and one hundred and thirty kilograms of "
        "carbon dioxide a week. Shall I create an action plan?"
    ),
    "by rules of load": (
        "Compressor one could save about one hundred and twenty kilowatt hours of electricity a "
        "week: run it at higher load for a shorter time. That is eight percent of what it used "
        "in that time. Shall I create an action plan?"
    ),
    "by a base load": (
        "Compressor one could save about one hundred and twenty kilowatt hours of electricity a "
        "week: find out what uses energy while it is off. That is eight percent of what it used "
        "in that time. Shall I create an action plan?"
    ),
    "by an extra load": (
        "Compressor one could save about one hundred and twenty kilowatt hours of electricity a "
        "week: find out what is running beside the usual. That is eight percent of what it used "
        "in that time. Shall I create an action plan?"
    ),
    "nothing": (
        "There is nothing to do about the electricity of compressor one: I found no waste."
    ),
    "nothing known": (
        "Electricity of compressor one is above what is expected, but the data do not show why, "
        "so it is best looked at on site."
    ),
}
CASES = {name: Case(answer, SAID[name]) for name, answer in ANSWERS.items()}
