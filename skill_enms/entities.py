"""Machine names for the engines that OVOS brings: what `{machine}` may be in a template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import uuid4

from ovos_bus_client.message import Message

from enms_core.domain.catalogue import Catalogue
from enms_core.language.files import load_language
from enms_core.language.tokens import tokenize
from enms_core.language.words import Words
from enms_core.services.minds import is_known_language, known_language
from skill_enms.topics import SKILL_ID

ENTITY = "machine"


def machine_names(catalogue: Catalogue, lang: str) -> list[str]:
    """Every machine's names as they are said and as they are written, in lower case."""
    words = Words(load_language(known_language(lang)))
    names = [name for each in catalogue.machines for name in (each.name, *each.aliases)]
    forms = (form for name in names for form in (words.name(name), _written(name)))
    return list(dict.fromkeys(form.lower() for form in forms if form))


def registrations(catalogue: Catalogue, langs: Iterable[str]) -> Iterator[Message]:
    """What to tell OVOS when the catalogue is new, per language that we have.

    Two messages: engines of the stable set know the first, those of the newer one replace what they
    had by the second. The first needs another name each time, since padacioso refuses a name that
    it has; the newer set takes off what looks like a hash.
    """
    for lang in filter(is_known_language, langs):
        names = machine_names(catalogue, lang)
        if not names:
            continue
        context = {"skill_id": SKILL_ID}
        yield Message(
            "padatious:register_entity",
            {
                "name": f"{SKILL_ID}:{ENTITY}_{uuid4().hex}",
                "samples": names,
                "lang": lang,
                "file_name": "",
            },
            context,
        )
        yield Message(
            "ovos.entity.register",
            {"skill_id": SKILL_ID, "entity_name": ENTITY, "samples": names, "lang": lang},
            context,
        )


def _written(name: str) -> str:
    return " ".join(token.text for token in tokenize(name))
