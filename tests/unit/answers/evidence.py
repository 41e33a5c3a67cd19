"""What answers rest on, and that there is none."""

from __future__ import annotations

from datetime import datetime

from enms_core.domain.evidence import NO_EVIDENCE, Evidence, RuleEvidence
from enms_core.domain.evidence_answer import EvidenceAnswer, NothingToProve
from tests.unit.answers.common import BERLIN, Case, question

ASKED = question(kind="all", intent="evidence")
NOW = datetime(2026, 11, 18, 10, 7, tzinfo=BERLIN)


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
    "a model": Case(proof(Evidence(model_version=5)), "It uses version five of the baseline."),
    "no readings": Case(proof(NO_EVIDENCE), "There were no readings behind that."),
    "nothing said yet": Case(
        NothingToProve(question=ASKED), "I have not told you anything yet that I could prove."
    ),
}
