"""What can be asked."""

from __future__ import annotations

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.help import HelpAnswer
from tests.unit.answers.common import Case, question

ASKED = question(kind="all", intent="help")

CASES: dict[str, Case] = {
    "an overview": Case(
        HelpAnswer(question=ASKED, topic=None, machine="Compressor-EU-1"),
        "You can ask me about energy, power, cost, carbon and production, and how the machines "
        "are doing. I also compare and rank them, train baselines and explain terms. Try this: "
        "how much energy did compressor E U one use yesterday?",
    ),
    "a subject": Case(
        HelpAnswer(question=ASKED, topic="cost", machine="Boiler-1"),
        "You can ask what the energy of a machine or of the factory cost in any past time. For "
        "example: what did the energy for boiler one cost yesterday? Or: how much did we spend on "
        "electricity last month?",
    ),
    "no machine to be named": Case(
        HelpAnswer(question=ASKED, topic="power", machine=None),
        "You can ask what power is drawn right now, and for the average, the highest or the "
        "lowest power of a past time. For example: how much power is the whole factory drawing "
        "right now? Or: what was the peak power of the whole factory yesterday?",
        Catalogue(),
    ),
}
