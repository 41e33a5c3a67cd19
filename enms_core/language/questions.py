"""From a sentence of a known intent to its question: what is said, put over what is taken for
granted or from the answer before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enms_core.domain.intents import COMPARISON, INTENTS, OF_CONVERSATION, RANKING, TRAINING
from enms_core.domain.period import TODAY, PeriodPhrase, ahead_of_now
from enms_core.domain.question import Question, Recalled, Scope
from enms_core.language.period_due import due_day
from enms_core.language.period_joins import points_ahead
from enms_core.language.periods import said_periods
from enms_core.language.scope import Meant
from enms_core.language.sentence import Sentence
from enms_core.language.slots import Slots
from enms_core.language.times_before import SpottedBefore

NOW = "now"
DATE = "date"
TOTAL = "total"
HORIZON = "horizon"
TIMES = frozenset({"period", HORIZON, DATE})
EXTREMES = frozenset({"peak", "minimum"})
FORESEEING = frozenset({"forecast", "load_shift"})
DAY_SHIFTS = ("early_shift", "late_shift")  # a night is of the evening before or of the morning
SAME_LAST_YEAR = (
    PeriodPhrase("unit", unit="month", offset=-12),
    PeriodPhrase("unit", unit="quarter", offset=-4),
)
_LAST_YEAR = PeriodPhrase("unit", unit="year", offset=-1)
# A ranking by this is, of one machine, a question of that name.
OF_ONE_MACHINE = frozenset({"energy", "power", "cost", "carbon", "production"})


def default_question(intent: str, everything: Scope) -> Question:
    """An intent with nothing said."""
    known = INTENTS[intent]
    return Question(intent, everything, known.period, metric=known.metric)


def carried(intent: str, recalled: Recalled, everything: Scope) -> Question:
    """An intent with all that the answer before was about, where the intent takes it."""
    last = recalled.question
    if intent == last.intent:
        return replace(last, in_full=False)
    known = INTENTS[intent]
    question = default_question(intent, everything)
    if intent in OF_CONVERSATION:
        return question
    if known.takes("machine"):
        question = replace(question, scope=recalled_scope(recalled))
    if known.takes("energy_source"):
        question = replace(question, sources=last.sources)
    if intent == COMPARISON:
        question = replace(question, parts=recalled_parts(recalled), metric=quantity_of(last))
    return with_time_of(recalled, question)


def with_time_of(recalled: Recalled, question: Question) -> Question:
    """A question with the period of the answer before. What is now in one question is no stretch to
    sum over in another, and what was not said does not make a present one past."""
    last, known = recalled.question, INTENTS[question.intent]
    if question.intent == TRAINING:
        return question  # what was told of a day is none to learn from
    if not known.takes("period") or not INTENTS[last.intent].takes("period"):
        return question
    if last.period.kind == NOW or (known.period.kind == NOW and not last.period_said):
        return question
    return replace(question, period=last.period, period_said=last.period_said)


def of_version(question: Question, recalled: Recalled) -> Question:
    """A question about the model of the answer before, as the version that answered; of another
    model a version has to be said."""
    last = recalled.question
    is_same = (question.scope, question.sources) == (last.scope, last.sources)
    return replace(question, count=recalled.version if is_same else None)


def recalled_scope(recalled: Recalled) -> Scope:
    """The machines that were told one by one, else those that were asked about."""
    asked = recalled.question.scope
    if not recalled.machine_ids or set(recalled.machine_ids) == set(asked.machine_ids):
        return asked
    return Scope("machines", recalled.machine_ids)


def recalled_parts(recalled: Recalled) -> tuple[Scope, ...]:
    """What can be compared of the answer before: its parts, else each of its machines."""
    if recalled.question.parts:
        return recalled.question.parts
    return tuple(Scope("machines", (id_,)) for id_ in recalled.machine_ids)


def quantity_of(question: Question) -> str | None:
    """What a comparison after some answer is by."""
    if question.intent in OF_ONE_MACHINE:
        return question.intent
    return question.metric if question.intent == RANKING else INTENTS[COMPARISON].metric


def applied(
    start: Question,
    sentence: Sentence,
    meant: Meant,
    slots: Slots,
    before: SpottedBefore | None = None,
) -> Question:
    """What a sentence says, over a question that holds the rest. before: "the week before"."""
    is_named = meant.scope.is_said or bool(meant.choices)
    question = replace(
        start,
        scope=meant.scope if is_named else start.scope,
        sources=sentence.sources or start.sources,
        metric=slots.metric or start.metric,
        step=slots.step or (start.step if slots.metric in (None, start.metric) else None),
        count=start.count if slots.count is None else slots.count,
        order=slots.order or start.order,
        threshold=slots.threshold or start.threshold,
        in_full=slots.in_full,
        of_equation=slots.of_equation,
        of_training=slots.of_training,
        unit=slots.unit or start.unit,
    )
    question = slots.details.over(question)
    if start.intent == COMPARISON and is_named:
        question = _in_parts(question, start, meant)
    known, said = INTENTS[question.intent], _said_periods(question, sentence, before)
    if known.is_plain:
        said = [_of_the_past(phrase) for phrase in said]
    if known.takes(HORIZON):
        said = [_ahead(phrase, question.intent) for phrase in said if phrase.kind != NOW]
    if not TIMES.intersection(known.slots):  # "trained so far" says no more than "trained"
        said = [phrase for phrase in said if phrase != TODAY]
    question = _due(question, said) if known.takes(DATE) else _timed(question, said)
    question = _with_horizon(_with_default_period(question))
    if question.compared_to is not None and meant.mentions == 1:
        question = replace(question, parts=())  # what is named together is compared as a whole
    return _powered(question, slots.metric) if question.intent == "power" else question


def _in_parts(question: Question, start: Question, meant: Meant) -> Question:
    """The parts named, each once; one alone is set against the first of the parts before."""
    named = tuple(dict.fromkeys(meant.parts))
    if len(named) != 1 or len(start.parts) < 2:
        return replace(question, parts=named)
    first = start.parts[0]
    ids = dict.fromkeys((*first.machine_ids, *question.scope.machine_ids))
    return replace(question, parts=(first, *named), scope=Scope("machines", tuple(ids)))


def _said_periods(
    start: Question, sentence: Sentence, before: SpottedBefore | None
) -> Sequence[PeriodPhrase]:
    """The periods of a sentence; the one before is told from the one said, else the known one."""
    said = said_periods(sentence.periods)
    if start.intent != COMPARISON and len(said) > 1:
        # "The cost now, what was it in May": beside a time "now" says nothing.
        said = [phrase for phrase in said if phrase.kind != NOW] or said[:1]
    if before is None or len(said) > 1:
        return _named_alike(_of_one_day(said))
    earlier = before.of(said[0] if said else start.period)
    return said if earlier is None else [*said, earlier]


def _of_one_day(said: Sequence[PeriodPhrase]) -> Sequence[PeriodPhrase]:
    """Two shifts of which only one is told with its day are of that day: "the early shift against
    the late shift yesterday"."""
    if len(said) != 2 or not all(phrase.part in DAY_SHIFTS for phrase in said):
        return said
    first, second = said
    return [replace(first, of=first.of or second.of), replace(second, of=second.of or first.of)]


def _named_alike(said: Sequence[PeriodPhrase]) -> Sequence[PeriodPhrase]:
    """The same month or quarter of the year before is that of the one named: "the third quarter
    against the same quarter last year"."""
    if len(said) != 2 or not set(SAME_LAST_YEAR).intersection(said):
        return said
    one, other = said
    if one in SAME_LAST_YEAR:
        return [_a_year_before(other, one), other]
    return [one, _a_year_before(one, other)]


def _a_year_before(named: PeriodPhrase, same: PeriodPhrase) -> PeriodPhrase:
    """What "the same quarter last year" is beside a time that is named."""
    if same.unit not in (named.kind, named.kind == "nth" and named.unit):
        return same
    of = named.of
    if of is not None and of.kind == "year" and of.year is not None:
        return replace(named, of=replace(of, year=of.year - 1))
    if of is None:
        return replace(named, of=replace(_LAST_YEAR, of=named))
    return replace(named, of=_LAST_YEAR) if of == PeriodPhrase("unit", unit="year") else same


def _ahead(phrase: PeriodPhrase, intent: str) -> PeriodPhrase:
    """A time in a question about the future: of today and of this week it is the rest that is
    foreseen."""
    is_begun = phrase.unit in ("day", "week") and phrase == PeriodPhrase("unit", unit=phrase.unit)
    if intent in FORESEEING and is_begun:
        return PeriodPhrase("rest", unit=phrase.unit)
    return ahead_of_now(phrase)


def _of_the_past(phrase: PeriodPhrase) -> PeriodPhrase:
    """What was used "until noon" was used from the beginning of the day."""
    if phrase.kind != "until" or phrase.of is None or phrase.of.kind != "clock":
        return phrase
    return PeriodPhrase("hours", to_minute=phrase.of.from_minute, of=phrase.of.of)


def _due(question: Question, said: Sequence[PeriodPhrase]) -> Question:
    """The day that something is due; a time that is over is what a change is measured by."""
    days = [day for phrase in said if (day := due_day(phrase)) is not None]
    return replace(question, date=days[-1]) if days else question


def _with_horizon(question: Question) -> Question:
    """A stretch of the future is told as such too."""
    if not INTENTS[question.intent].takes(HORIZON) or not points_ahead(question.period):
        return question
    return replace(question, horizon=question.period)


def is_too_late(question: Question) -> bool:
    """Whether a time that is over was said where only the future can be meant."""
    known = INTENTS[question.intent]
    return known.takes(HORIZON) and question.period_said and is_over(question.period)


def is_over(phrase: PeriodPhrase) -> bool:
    """Whether a time by its wording lies behind us."""
    return phrase.kind in ("past", "since", "now") or (phrase.kind == "unit" and phrase.offset < 0)


def same_time(one: Question, other: Question) -> bool:
    """Whether two questions are of the same time, or of the same two times."""
    return (one.period, one.compared_to) == (other.period, other.compared_to)


def without_aspect(
    start: Question, sentence: Sentence, slots: Slots, names_figure: bool
) -> Question:
    """The question before, without what a word of the sentence takes back: "the cost" after a
    demand charge is all of it, "in total" after a carrier is energy as a whole."""
    default = INTENTS[start.intent].metric
    if names_figure and default is None and slots.metric is None:
        start = replace(start, metric=None)
    if slots.metric == start.metric == TOTAL and not sentence.sources:
        start = replace(start, sources=(), unit=None)
    return start


def _timed(question: Question, said: Sequence[PeriodPhrase]) -> Question:
    if not said:
        return question
    if len(said) == 1 and question.compared_to is not None:
        return replace(question, compared_to=said[0])
    return replace(
        question,
        period=said[0],
        period_said=True,
        compared_to=said[1] if len(said) > 1 else None,
    )


def _with_default_period(question: Question) -> Question:
    """Where no time was said, the one that its aspect is told of; a time of the answer before
    stays."""
    known = INTENTS[question.intent]
    if question.period_said or question.period not in (known.period, *known.periods.values()):
        return question
    return replace(question, period=known.periods.get(question.metric or "", known.period))


def _powered(question: Question, said: str | None) -> Question:
    """The latest power is of now: of a stretch of time it is the average that is asked, and a peak
    is of a stretch. said: the aspect that the sentence names."""
    is_now = question.period.kind == NOW
    if question.metric == "latest" and not is_now:
        return replace(question, metric="average")
    if is_now and said in EXTREMES:
        return replace(question, period=INTENTS[question.intent].periods[said])
    if is_now and said is None:
        return replace(question, metric="latest")
    return question
