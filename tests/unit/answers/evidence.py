"""What answers rest on, and that there is none."""

from __future__ import annotations

from datetime import datetime

from enms_core.domain.evidence import NO_EVIDENCE, Evidence, ModelEvidence, RuleEvidence
from enms_core.domain.evidence_answer import EvidenceAnswer, NothingToProve
from enms_core.domain.period import Period
from tests.unit.answers.common import BERLIN, Case, question

ASKED = question(kind="all", intent="evidence")
NOW = datetime(2026, 11, 18, 10, 7, tzinfo=BERLIN)
YEAR = Period(datetime(2024, 1, 1, tzinfo=BERLIN), datetime(2025, 1, 1, tzinfo=BERLIN))


def proof(basis: Evidence) -> EvidenceAnswer:
    return EvidenceAnswer(question=ASKED, basis=basis, now=NOW)


DAY_AND_NIGHT = (
    RuleEvidence("electricity", "Day", "tariff"),
    RuleEvidence("electricity", "Night", "tariff"),
    RuleEvidence("electricity", "Day", "tariff"),
    RuleEvidence("natural_gas", None, "flat"),
)
FACTORS = (
    RuleEvidence("electricity", "Umweltbundesamt", "factor"),
    RuleEvidence("natural_gas", None, "factor"),
    RuleEvidence("steam", None, "flat"),
)

CASES: dict[str, Case] = {
    "all readings": Case(
        proof(Evidence(96, 100.0, last=datetime(2026, 11, 17, 23, 45, tzinfo=BERLIN))),
        "That rests on ninety six readings. All of them are there. The last one came in yesterday "
        "at eleven forty-five p m.",
    ),
    "a share of the readings": Case(
        proof(Evidence(72, 75.0)),
        "That rests on seventy two readings. They cover seventy five percent of the time.",
    ),
    "nearly all readings": Case(
        proof(Evidence(8_759, 99.99)),
        "That rests on eight thousand seven hundred and fifty nine readings. Nearly all of them "
        "are there.",
    ),
    "one reading, nobody knows of how many": Case(proof(Evidence(1)), "That rests on one reading."),
    "prices": Case(
        proof(Evidence(prices=DAY_AND_NIGHT)),
        "The price of electricity is from the tariff day and night. For natural gas I used the "
        "flat price per unit, because no tariff is registered.",
    ),
    "a tariff without a name": Case(
        proof(Evidence(prices=(RuleEvidence("electricity", None, "tariff"),))),
        "The price of electricity is from its tariff.",
    ),
    "carbon factors": Case(
        proof(Evidence(factors=FACTORS)),
        "The carbon factor of electricity is published by umweltbundesamt. The carbon factor of "
        "natural gas is in the register, without its source. For steam I used one fixed carbon "
        "figure, because no carbon factor is registered.",
    ),
    "status": Case(
        proof(Evidence(status_changes=12)), "I used twelve entries of the status history."
    ),
    "one change of status": Case(
        proof(Evidence(status_changes=1)), "I used one entry of the status history."
    ),
    "registers": Case(
        proof(Evidence(registers=True)), "I read that in the registers of the energy database."
    ),
    "a model": Case(
        proof(Evidence(models=(ModelEvidence(5, YEAR, 0.873),))),
        "It uses version five of the baseline. That version was trained on readings in twenty "
        "twenty-four and explains eighty seven percent of the variation.",
    ),
    "a model of which only the coefficients are known": Case(
        proof(Evidence(models=(ModelEvidence(2, YEAR, None),))),
        "It uses version two of the baseline. That version was trained on readings in twenty "
        "twenty-four. Its statistics are unknown, so nobody knows how much it explains.",
    ),
    "a model of which nobody knows the readings": Case(
        proof(Evidence(models=(ModelEvidence(2, None, 0.873),))),
        "It uses version two of the baseline. That version explains eighty seven percent of the "
        "variation; nobody knows which readings it was trained on.",
    ),
    "a model of another program": Case(
        proof(Evidence(models=(ModelEvidence(0),))),
        "It uses the baseline that another program left in the database. Its statistics are "
        "unknown, so nobody knows how much it explains.",
    ),
    "two versions that were compared": Case(
        proof(Evidence(models=(ModelEvidence(5, YEAR, 0.873), ModelEvidence(0)))),
        "It uses version five of the baseline. That version was trained on readings in twenty "
        "twenty-four and explains eighty seven percent of the variation. It uses the baseline "
        "that another program left in the database. Its statistics are unknown, so nobody knows "
        "how much it explains.",
    ),
    "models that were fitted to be compared": Case(
        proof(Evidence(models=(ModelEvidence(None, YEAR, 0.81), ModelEvidence(None, YEAR, 0.79)))),
        "I fitted models only for that, on readings in twenty twenty-four. They explain eighty "
        "one percent and seventy nine percent of the variation.",
    ),
    "no readings": Case(proof(NO_EVIDENCE), "There were no readings behind that."),
    "nothing said yet": Case(
        NothingToProve(question=ASKED), "I have not told you anything yet that I could prove."
    ),
}
