"""When a measure has paid for itself, at a cost that was told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from enms_core.domain.answer import Answer
from enms_core.domain.payback import Payback
from enms_core.domain.question import PlanAsked
from enms_core.domain.tariff import Money
from tests.unit.answers.action_plan import LEAK, listed, proposed
from tests.unit.answers.common import Case
from tests.unit.answers.recommendations import advice
from tests.unit.performances import SAVINGS, cause, finding, opportunity, part, recommendation

COST = Money(Decimal(500), "EUR")
ELEVEN = Payback(COST, 11.5, 10.07, 13.36)
LONG = Payback(Money(Decimal(9000), "EUR"), 206.9, 181.3, 241.0)


def asked(payback: Payback | None) -> Answer:
    shown = part(cause=cause(finding()), recommendations=(recommendation(),))
    return replace(advice(shown), of_payback=True, payback=payback)


def by_rule(payback: Payback) -> Answer:
    found = advice(part(), opportunity("idle", savings=SAVINGS))
    return replace(found, of_payback=True, payback=payback)


def of_plan(payback: Payback) -> Answer:
    plan = replace(LEAK, content=replace(LEAK.content, payback=payback), target_date=None)
    return proposed(replace(plan, of=None))


def told(payback: Payback, about: PlanAsked | None = None) -> Answer:
    return listed(replace(LEAK, content=replace(LEAK.content, payback=payback)), asked=about)


ANSWERS: dict[str, Answer] = {
    "asked": asked(ELEVEN),
    "asked of a rule": by_rule(LONG),
    "asked without a cost": asked(None),
    "may save nothing": of_plan(Payback(COST, 11.5, 8.2, None, is_unsure=True)),
    "no price": of_plan(Payback(COST, reason="no_price")),
    "nothing saved": of_plan(Payback(COST, reason="no_savings")),
    "other currency": of_plan(
        Payback(Money(Decimal(500), "USD"), reason="currency", saved_in="EUR")
    ),
    "interval unknown": of_plan(Payback(COST, 11.5)),
    "interval that is none": of_plan(Payback(COST, 3.0, 2.9, 3.1)),
    "at once": of_plan(Payback(COST, 0.2, 0.1, 0.4)),
    "months": of_plan(Payback(COST, 45.0, 38.0, 61.0)),
    "a month": of_plan(Payback(COST, 20.0, 5.0, 40.0)),
    "a year": of_plan(Payback(COST, 120.0, 52.0, 160.0)),
    "one to two": of_plan(Payback(COST, 1.6, 1.2, 2.2)),
    "years": of_plan(LONG),
    "told": told(ELEVEN),
    "told with the savings": told(ELEVEN, "savings"),
}
SAID: dict[str, str] = {
    "asked": (
        "Electricity of compressor one: search for leaks and seal them, best at night when "
        "it is quiet. That should save about two hundred and ninety kilowatt hours a week, "
        "give or take forty, which is forty four euros and one hundred and thirty "
        "kilograms of carbon dioxide. At the cost that you told me, it pays off after "
        "twelve weeks. Most likely that is between ten and thirteen weeks. Shall I create "
        "an action plan?"
    ),
    "asked of a rule": (
        "Compressor one could save about two hundred and ninety kilowatt hours of "
        "electricity a week: switch it off while nothing is made. That is eight percent of "
        "what it used in that time. That would save forty four euros and one hundred and "
        "thirty kilograms of carbon dioxide a week. At the cost that you told me, it pays "
        "off after four years. Most likely that is between three point five and four point "
        "five years. Shall I create an action plan?"
    ),
    "asked without a cost": (
        "Electricity of compressor one: search for leaks and seal them, best at night when "
        "it is quiet. That should save about two hundred and ninety kilowatt hours a week, "
        "give or take forty, which is forty four euros and one hundred and thirty "
        "kilograms of carbon dioxide. Tell me what it costs, then I can say when it pays "
        "off. Shall I create an action plan?"
    ),
    "may save nothing": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. At five hundred euros, it pays off after eight weeks at "
        "the earliest, and it may save nothing. Whether it worked will show in the use "
        "against its baseline. Shall I store it?"
    ),
    "no price": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. What it saves has no price, so I can't tell when it pays "
        "off. Whether it worked will show in the use against its baseline. Shall I store "
        "it?"
    ),
    "nothing saved": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. I don't know what it saves, so I can't tell when it pays "
        "off. Whether it worked will show in the use against its baseline. Shall I store "
        "it?"
    ),
    "other currency": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. The tariff is in euros, so I can't work out a payback "
        "from dollars. Whether it worked will show in the use against its baseline. Shall "
        "I store it?"
    ),
    "interval unknown": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. At five hundred euros, it pays off after about twelve "
        "weeks. Whether it worked will show in the use against its baseline. Shall I store "
        "it?"
    ),
    "interval that is none": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. At five hundred euros, it pays off after about three "
        "weeks. Whether it worked will show in the use against its baseline. Shall I store "
        "it?"
    ),
    "at once": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. At five hundred euros, it pays off after about one day. Most"
        " likely that is between one day and three days. Whether it worked will show in the "
        "use against its baseline. Shall I store it?"
    ),
    "months": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. At five hundred euros, it pays off after about ten "
        "months. Most likely that is between nine and fourteen months. Whether it worked "
        "will show in the use against its baseline. Shall I store it?"
    ),
    "a month": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. At five hundred euros, it pays off after about five "
        "months. Most likely that is between one month and nine months. Whether it worked "
        "will show in the use against its baseline. Shall I store it?"
    ),
    "a year": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. At five hundred euros, it pays off after about two point "
        "five years. Most likely that is between one year and three years. Whether it "
        "worked will show in the use against its baseline. Shall I store it?"
    ),
    "one to two": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. At five hundred euros, it pays off after about two weeks. "
        "Most likely that is between one week and two weeks. Whether it worked will show "
        "in the use against its baseline. Shall I store it?"
    ),
    "years": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. At nine thousand euros, it pays off after about four "
        "years. Most likely that is between three point five and four point five years. "
        "Whether it worked will show in the use against its baseline. Shall I store it?"
    ),
    "told": (
        "Leak repair on compressor one is planned, due on the thirtieth of December twenty "
        "twenty six. At five hundred euros, it pays off after about twelve weeks. Most "
        "likely that is between ten and thirteen weeks."
    ),
    "told with the savings": (
        "Leak repair on compressor one is not completed, so it has saved nothing yet. At "
        "five hundred euros, it pays off after about twelve weeks. Most likely that is "
        "between ten and thirteen weeks."
    ),
}
CASES = {name: Case(answer, SAID[name]) for name, answer in ANSWERS.items()}
