"""Action plans: proposed, stored, changed, listed, and what they saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from enms_core.domain.action_plan import (
    NO_CONTENT,
    ActionPlan,
    AsksForTitle,
    AsksToCreatePlan,
    AsksToUpdatePlan,
    AsksWhichPlan,
    Monitoring,
    NoPlans,
    NotVerified,
    PlanChange,
    PlanContent,
    PlanCreated,
    PlanList,
    PlannedAction,
    PlanUpdated,
    VerifiedSavings,
)
from enms_core.domain.answer import Answer
from enms_core.domain.question import PlanAsked
from tests.unit.answers.common import BERLIN, Case, question
from tests.unit.performances import HVAC
from tests.unit.trained_models import COMPRESSOR

TODAY = date(2026, 11, 18)
DUE = date(2026, 12, 30)
ASKED = question("Compressor-1", intent="action_plan_create")
LISTED = replace(question(kind="all", intent="action_plan_list"))
EVERYTHING = replace(LISTED, scope=replace(LISTED.scope, is_said=False))
LEAK = ActionPlan(
    id="1",
    of=COMPRESSOR,
    title="Leak repair on Compressor-1",
    content=PlanContent(
        "leak",
        {"per_week": 287.0},
        datetime(2026, 11, 3, tzinfo=BERLIN),
        (PlannedAction("leak", "high", "medium", due=DUE, savings_per_week=287.0),),
        "deviation",
        5,
        287.0,
        "kWh",
    ),
    target_date=DUE,
)
GIVEN = replace(LEAK, responsible_person="John Miller")
OWN = ActionPlan("2", HVAC, "night shutdown", NO_CONTENT)
DONE = replace(GIVEN, status="completed", completion_date=date(2026, 10, 30))
SAVED = VerifiedSavings(
    quantity=731.0,
    uncertainty=82.0,
    percent=6.2,
    is_significant=True,
    start=datetime(2026, 10, 31, tzinfo=BERLIN),
    end=datetime(2026, 11, 18, tzinfo=BERLIN),
    model_version=5,
)


def proposed(plan: ActionPlan) -> AsksToCreatePlan:
    return AsksToCreatePlan(question=ASKED, need="confirmation", plan=plan)


def asks(change: PlanChange) -> AsksToUpdatePlan:
    return AsksToUpdatePlan(question=ASKED, need="confirmation", before=LEAK, change=change)


def updated(change: PlanChange, after: ActionPlan) -> PlanUpdated:
    return PlanUpdated(question=ASKED, before=LEAK, after=after, change=change)


def listed(*plans: ActionPlan, asked: PlanAsked | None = None, count: int = 2) -> PlanList:
    known = asked if asked in ("responsible", "savings", "due") else "all"
    return PlanList(
        question=replace(EVERYTHING, plan_asked=asked),
        plans=plans,
        today=TODAY,
        asked=known,
        all_plans=count,
        outcome="answered" if plans else "no_data",
    )


def saved(found: VerifiedSavings) -> PlanList:
    return listed(replace(DONE, verified=found), asked="savings")


def unverified(reason: NotVerified, plan: ActionPlan = DONE) -> PlanList:
    return listed(replace(plan, unverified=reason), asked="savings")


def proved_by(monitoring: Monitoring) -> AsksToCreatePlan:
    content = replace(LEAK.content, monitoring=monitoring)
    return proposed(replace(LEAK, content=content, target_date=None))


MARKED = PlanChange("completed")
ANSWERS: dict[str, Answer] = {
    "proposed": proposed(LEAK),
    "proposed for somebody": proposed(GIVEN),
    "proposed without a day": proposed(replace(GIVEN, target_date=None)),
    "proposed for nobody without a day": proposed(replace(LEAK, target_date=None)),
    "of one's own": proposed(OWN),
    "no title": AsksForTitle(question=ASKED, need="plan", of=COMPRESSOR),
    "stored": PlanCreated(question=ASKED, plan=LEAK),
    "stored for somebody": PlanCreated(question=ASKED, plan=GIVEN),
    "known": PlanCreated(question=ASKED, plan=GIVEN, is_known=True),
    "which": AsksWhichPlan(question=ASKED, need="plan", plans=(LEAK, OWN)),
    "unknown": AsksWhichPlan(question=ASKED, need="plan", plans=(LEAK, OWN), unknown="turbine"),
    "shall complete": asks(MARKED),
    "shall change all": asks(PlanChange("in_progress", "Ada", DUE, 40.0)),
    "shall cancel": asks(PlanChange("cancelled")),
    "shall start": asks(PlanChange("in_progress")),
    "shall plan": asks(PlanChange("planned")),
    "completed": updated(MARKED, replace(DONE, unverified="too_early")),
    "completed and verified": updated(MARKED, replace(DONE, verified=SAVED)),
    "completed, nothing known": updated(MARKED, replace(DONE, unverified="no_baseline")),
    "changed": updated(PlanChange(None, "John Miller", DUE), GIVEN),
    "on its way": updated(PlanChange("in_progress", None, None, 40.0), LEAK),
    "cancelled": updated(PlanChange("cancelled"), replace(LEAK, status="cancelled")),
    "none": NoPlans(question=EVERYTHING),
    "none of a machine": NoPlans(question=ASKED),
    "all": listed(LEAK, replace(GIVEN, status="in_progress"), replace(OWN, target_date=None), DONE),
    "one": listed(GIVEN),
    "two that are open": listed(LEAK, GIVEN, asked="open"),
    "overdue": listed(replace(LEAK, target_date=date(2026, 11, 1)), asked="overdue"),
    "none such": listed(asked="overdue"),
    "the only one is not": listed(asked="completed", count=1),
    "none is open": listed(asked="open"),
    "who": listed(GIVEN, OWN, asked="responsible"),
    "until when": listed(LEAK, OWN, asked="due"),
    "saved": saved(SAVED),
    "saved, error unknown": saved(replace(SAVED, uncertainty=None, is_significant=None)),
    "saved, by chance": saved(replace(SAVED, quantity=60.0, is_significant=False)),
    "saved nothing": saved(replace(SAVED, quantity=-300.0)),
    "saved, share unknown": saved(replace(SAVED, percent=None)),
    "not yet done": unverified("not_completed", LEAK),
    "not yet done, nothing expected": unverified("not_completed", OWN),
    "too early": unverified("too_early"),
    "no day": unverified("no_date"),
    "no baseline": unverified("no_baseline"),
    "no readings": unverified("no_readings"),
    "no measure": unverified("no_measure"),
    "six": listed(*[OWN] * 6),
    "proved by the base load": proved_by("base_load"),
    "proved by idling": proved_by("idle_share"),
    "proved by running times": proved_by("operating_hours"),
    "proved by the peak": proved_by("peak_demand"),
    "proved by energy per unit": proved_by("sec"),
}
SAID = {
    "proposed": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. It should save about two hundred and ninety kilowatt hours of "
        "electricity a week. It would be due on the thirtieth of December twenty twenty six. "
        "Whether it worked will show in the use against its baseline. Shall I store it?"
    ),
    "proposed for somebody": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. It should save about two hundred and ninety kilowatt hours of "
        "electricity a week. John Miller would do it until the thirtieth of December twenty "
        "twenty six. Whether it worked will show in the use against its baseline. Shall I store"
        " it?"
    ),
    "proposed without a day": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. It should save about two hundred and ninety kilowatt hours of "
        "electricity a week. John Miller is responsible for leak repair on compressor one. "
        "Whether it worked will show in the use against its baseline. Shall I store it?"
    ),
    "proposed for nobody without a day": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. It should save about two hundred and ninety kilowatt hours of "
        "electricity a week. Whether it worked will show in the use against its baseline. Shall"
        " I store it?"
    ),
    "of one's own": "That would be the plan night shutdown. Shall I store it?",
    "no title": "I found nothing that needs a plan. What shall the plan be about?",
    "stored": (
        "Done. The plan leak repair on compressor one is stored. Nobody is responsible for leak"
        " repair on compressor one yet."
    ),
    "stored for somebody": "Done. The plan leak repair on compressor one is stored.",
    "known": "The plan leak repair on compressor one was there already; I left it as it was.",
    "which": "Which one: leak repair on compressor one or night shutdown?",
    "unknown": (
        "I know no action plan turbine. There is leak repair on compressor one and night "
        "shutdown. Which one do you mean?"
    ),
    "shall complete": (
        "About the plan leak repair on compressor one: shall I mark it as completed?"
    ),
    "shall change all": (
        "About the plan leak repair on compressor one: shall I set it to forty percent done, "
        "make Ada responsible and set its deadline to the thirtieth of December twenty twenty "
        "six?"
    ),
    "shall cancel": "About the plan leak repair on compressor one: shall I cancel it?",
    "shall start": "About the plan leak repair on compressor one: shall I mark it as in progress?",
    "shall plan": "About the plan leak repair on compressor one: shall I set it back to planned?",
    "completed": (
        "Done. Leak repair on compressor one is completed. From a week on, I can tell what it "
        "saved."
    ),
    "completed and verified": (
        "Done. Leak repair on compressor one is completed. Since it was completed, leak repair "
        "on compressor one has saved seven hundred and thirty kilowatt hours of electricity, "
        "give or take eighty kilowatt hours. That is six percent of what would have been used, "
        "by the baseline in version five."
    ),
    "completed, nothing known": "Done. Leak repair on compressor one is completed.",
    "changed": (
        "Done. John Miller is responsible for leak repair on compressor one. Leak repair on "
        "compressor one is due on the thirtieth of December twenty twenty six."
    ),
    "on its way": "Done. Leak repair on compressor one is forty percent done.",
    "cancelled": "Done. Leak repair on compressor one is cancelled.",
    "none": "There are no action plans yet.",
    "none of a machine": "There is no action plan for compressor one yet.",
    "all": (
        "There are four action plans, three of them open. Leak repair on compressor one is "
        "planned, due on the thirtieth of December twenty twenty six. Leak repair on compressor"
        " one is in progress, due on the thirtieth of December twenty twenty six, with John "
        "Miller responsible. Night shutdown is planned. There is one more."
    ),
    "one": (
        "Leak repair on compressor one is planned, due on the thirtieth of December twenty "
        "twenty six, with John Miller responsible."
    ),
    "two that are open": (
        "That is true of two action plans. Leak repair on compressor one is planned, due on the"
        " thirtieth of December twenty twenty six. Leak repair on compressor one is planned, "
        "due on the thirtieth of December twenty twenty six, with John Miller responsible."
    ),
    "overdue": (
        "Leak repair on compressor one was due on the first of November twenty twenty six and "
        "is overdue."
    ),
    "none such": "None of the two action plans is overdue.",
    "the only one is not": "The only action plan is not completed.",
    "none is open": "None of the two action plans is open.",
    "who": (
        "John Miller is responsible for leak repair on compressor one. Nobody is responsible "
        "for night shutdown yet."
    ),
    "until when": (
        "Leak repair on compressor one is due on the thirtieth of December twenty twenty six. "
        "Night shutdown has no deadline."
    ),
    "saved": (
        "Since it was completed, leak repair on compressor one has saved seven hundred and "
        "thirty kilowatt hours of electricity, give or take eighty kilowatt hours. That is six "
        "percent of what would have been used, by the baseline in version five."
    ),
    "saved, error unknown": (
        "Since it was completed, leak repair on compressor one has saved seven hundred and "
        "thirty kilowatt hours of electricity. How exact that is I cannot tell."
    ),
    "saved, by chance": (
        "What leak repair on compressor one has saved since its completion is within the normal"
        " scatter, at most one hundred and forty kilowatt hours of electricity."
    ),
    "saved nothing": (
        "Since leak repair on compressor one was completed, three hundred kilowatt hours more "
        "electricity has been used than before, give or take eighty kilowatt hours."
    ),
    "saved, share unknown": (
        "Since it was completed, leak repair on compressor one has saved seven hundred and "
        "thirty kilowatt hours of electricity, give or take eighty kilowatt hours."
    ),
    "not yet done": (
        "Leak repair on compressor one is not completed. It should save about two hundred and "
        "ninety kilowatt hours of electricity a week."
    ),
    "not yet done, nothing expected": (
        "Night shutdown is not completed, so it has saved nothing yet."
    ),
    "too early": (
        "It is too early to tell what leak repair on compressor one saved. That takes a week "
        "after its completion."
    ),
    "no day": (
        "I do not know when leak repair on compressor one was completed, so I cannot tell what "
        "it saved."
    ),
    "no baseline": (
        "There is no baseline by which I could tell what leak repair on compressor one saved."
    ),
    "no readings": (
        "Too many readings are missing to tell what leak repair on compressor one saved."
    ),
    "proved by the base load": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. It should save about two hundred and ninety kilowatt hours of "
        "electricity a week. Whether it worked will show in the base load. Shall I store it?"
    ),
    "proved by idling": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. It should save about two hundred and ninety kilowatt hours of "
        "electricity a week. Whether it worked will show in the idle share. Shall I store it?"
    ),
    "proved by running times": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. It should save about two hundred and ninety kilowatt hours of "
        "electricity a week. Whether it worked will show in the operating hours. Shall I store "
        "it?"
    ),
    "proved by the peak": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. It should save about two hundred and ninety kilowatt hours of "
        "electricity a week. Whether it worked will show in the peak demand. Shall I store it?"
    ),
    "proved by energy per unit": (
        "My plan is leak repair on compressor one: search for leaks and seal them, best at "
        "night when it is quiet. It should save about two hundred and ninety kilowatt hours of "
        "electricity a week. Whether it worked will show in the energy per unit. Shall I store "
        "it?"
    ),
    "no measure": (
        "I cannot compare what leak repair on compressor one has done to the peak. Ask for the "
        "peak demand of each month."
    ),
    "six": (
        "There are six action plans, six of them open. Night shutdown is planned. Night "
        "shutdown is planned. Night shutdown is planned. There are three more."
    ),
}
CASES = {name: Case(answer, SAID[name]) for name, answer in ANSWERS.items()}
