"""What a sentence says that only a few intents take: drivers, conditions, severity, plans, persons,
kinds of reports."""

from __future__ import annotations

from dataclasses import dataclass, replace

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import INTENTS
from enms_core.domain.question import PlanAsked, Question, Severity, Suspected
from enms_core.domain.tariff import Money
from enms_core.language.conditions import ConditionReader
from enms_core.language.costs import CostReader
from enms_core.language.drivers import DriverReader
from enms_core.language.model import LanguageModel
from enms_core.language.persons import PersonReader
from enms_core.language.phrases import PhraseTable, covered
from enms_core.language.plan_asked import PlanAskedReader
from enms_core.language.plans import PlanReader, SaidPlan
from enms_core.language.report_kinds import ReportKind, ReportKindReader
from enms_core.language.sentence import Sentence, Span
from enms_core.language.tokens import words_in

# Whose drivers may be said to be there or not.
OF_CHOICE = "baseline_compare"
# Whose persons are no machines, though they choose nothing.
OF_PLANS = "action_plan_list"
SEVERITIES: tuple[Severity, ...] = ("warning", "critical")
SUSPECTED: tuple[Suspected, ...] = ("leak", "schedule", "cooling", "standby", "wear")
# Phrases that only sound like one: "we are leaking money".
NO_SUSPECT = "none"


@dataclass(frozen=True)
class Details:
    """unknown: words in the place of a driver or condition that name none. spans: where in the
    utterance names belong to a detail and are no machine, carrier or time of the question. taken:
    positions of the words that say all this."""

    drivers: tuple[str, ...] = ()
    conditions: tuple[tuple[str, float], ...] = ()
    severity: Severity | None = None
    suspected: Suspected | None = None
    plan: str | None = None
    person: str | None = None
    progress: str | None = None
    kind: str | None = None
    plan_asked: PlanAsked | None = None
    cost: Money | None = None
    unknown: str | None = None
    spans: tuple[Span, ...] = ()
    taken: frozenset[int] = frozenset()

    def over(self, start: Question) -> Question:
        """A question with these put over what it holds."""
        return replace(
            start,
            drivers=self.drivers or start.drivers,
            conditions=self.conditions or start.conditions,
            severity=self.severity or start.severity,
            suspected=self.suspected or start.suspected,
            plan=self.plan or start.plan,
            person=self.person or start.person,
            progress=self.progress or start.progress,
            kind=self.kind or start.kind,
            plan_asked=self.plan_asked,
            cost=self.cost or start.cost,
        )


class DetailReader:
    """Reads them in one language, over one catalogue."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue) -> None:
        words, numbers = model.files.vocabulary, model.numbers
        self._drivers = DriverReader(model, catalogue)
        self._conditions = ConditionReader(model, catalogue)
        names = frozenset(words_in(model.files.entities.get("person", ())))
        self._persons = PersonReader(words, numbers, names, model.classifier.known_words)
        self._plans = PlanReader(words, numbers, self._persons)
        self._plan_asked = PlanAskedReader(words, numbers)
        self._severities = PhraseTable(
            {severity: words[f"severity_{severity}"] for severity in SEVERITIES}, numbers
        )
        self._suspected = PhraseTable(
            {each: words.get(f"suspected_{each}", ()) for each in (*SUSPECTED, NO_SUSPECT)}, numbers
        )
        self._kinds = ReportKindReader(words, numbers)
        self._costs = CostReader(model)

    def read(self, sentence: Sentence, text: str, intent: str) -> Details:
        """The details of a sentence that is taken for an intent."""
        known, found = INTENTS[intent], Details()
        if known.takes("drivers"):
            found = self._with_drivers(found, sentence, text, is_choice=intent == OF_CHOICE)
        if known.takes("conditions"):
            said = self._conditions.read(sentence, text)
            found = replace(found, conditions=said.values, unknown=said.unknown, spans=said.spans)
        if known.takes("severity"):
            found = self._with_severity(found, sentence)
        if known.takes("suspected"):
            found = self._with_suspected(found, sentence)
        if known.takes("cost"):
            found = self._with_cost(found, sentence, text)
        if known.takes("plan"):
            is_new = not known.takes("progress")
            said_plan = (
                self._plans.title(sentence, text, found.taken)
                if is_new
                else self._plans.update(sentence, text)
            )
            found = _with_plan(found, sentence, said_plan)
        elif intent == OF_PLANS:
            person = self._persons.with_title(sentence.texts)
            found = _with_plan(found, sentence, SaidPlan(taken=person, of_person=person))
            found = self._of_list(found, sentence, text)
        if known.takes("kind"):
            found = _with_kind(found, self._kinds.read(text))
        return replace(found, taken=found.taken | sentence.covered(found.spans))

    def _with_drivers(
        self, found: Details, sentence: Sentence, text: str, is_choice: bool
    ) -> Details:
        said = self._drivers.read(sentence, text, is_choice)
        return replace(found, drivers=said.names, unknown=said.unknown, spans=said.spans)

    def _of_list(self, found: Details, sentence: Sentence, text: str) -> Details:
        """What is asked of plans, and of which one where it is named."""
        said = self._plan_asked.read(sentence.texts)
        plan = self._plans.named(sentence, text, said.taken)
        taken = found.taken | said.taken
        return replace(found, plan_asked=said.asked, plan=plan, taken=taken)

    def _with_cost(self, found: Details, sentence: Sentence, text: str) -> Details:
        """What a measure costs, where words say that it is a cost."""
        said = self._costs.read(sentence, text)
        if said is None or not said.is_framed:
            return found
        return replace(found, cost=said.cost, taken=found.taken | said.taken)

    def _with_severity(self, found: Details, sentence: Sentence) -> Details:
        said = self._severities.find(sentence.texts)
        named = {match.concept for match in said}
        severity = next((each for each in SEVERITIES if {each} == named), None)
        return replace(found, severity=severity, taken=found.taken | covered(said))

    def _with_suspected(self, found: Details, sentence: Sentence) -> Details:
        """The one cause that is named; of several none, then all are told."""
        said = self._suspected.find(sentence.texts)
        named = {match.concept for match in said}
        suspected = next((each for each in SUSPECTED if {each} == named), None)
        return replace(found, suspected=suspected, taken=found.taken | covered(said))


def _with_plan(found: Details, sentence: Sentence, said: SaidPlan) -> Details:
    runs = ([sentence.words[i] for i in sorted(run)] for run in (said.named, said.of_person))
    spans = [(run[0].start, run[-1].end) for run in runs if run]
    return replace(
        found,
        plan=said.plan,
        person=said.person,
        progress=said.progress,
        spans=(*found.spans, *spans),
        taken=found.taken | said.taken,
    )


def _with_kind(found: Details, said: ReportKind | None) -> Details:
    if said is None:
        return found
    return replace(found, kind=said.name, spans=(*found.spans, said.span))
