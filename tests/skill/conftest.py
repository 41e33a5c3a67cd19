"""A real OVOS intent service on a fake bus, with our skill and the demo plant."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from ovos_bus_client.message import Message
from ovos_bus_client.session import Session
from ovos_config import Configuration
from ovoscope import CaptureSession, MiniCroft, get_minicroft

from skill_enms.topics import ASK, SKILL_ID

# OVOS itself warns of its own old names; our code is held to "warnings are errors" elsewhere.
WARNINGS = "ignore"
SPEAK = ("speak", "ovos.utterance.speak")

# The device's language, and the others that it is set up for.
LANG, *OTHER_LANGS = "en-US", "de-DE"

INSTALLED = {plugin.name for plugin in entry_points(group="opm.pipeline")}
# Engines of OVOS that the set has. What they match with low confidence, no set asks them for.
ENGINES = {
    name: (f"ovos-{name}-pipeline-plugin-high", f"ovos-{name}-pipeline-plugin-medium")
    for name in ("padacioso", "padatious", "adapt")
    if f"ovos-{name}-pipeline-plugin" in INSTALLED
}
PLUGIN = ("skill-enms-pipeline",)
STOCK = ENGINES["padacioso"]
FALLBACK = ("ovos-fallback-pipeline-plugin-medium",)

ROUTES = {"plugin": PLUGIN, "intent_file": STOCK, "fallback": FALLBACK}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/skill/" in str(item.path):
            item.add_marker(pytest.mark.filterwarnings(WARNINGS))


@dataclass
class Heard:
    """What came over the bus after an utterance."""

    messages: list[Message] = field(default_factory=list)

    @property
    def speech(self) -> list[str]:
        return [m.data["utterance"] for m in self.messages if m.msg_type in SPEAK]

    @property
    def intent_files(self) -> list[str]:
        """Intents of ours that a stock engine has matched."""
        dispatched = (m.msg_type for m in self.messages if m.msg_type.startswith(f"{SKILL_ID}:"))
        return [topic for topic in dispatched if topic != ASK]

    def values(self) -> dict[str, Any]:
        """What the card was given."""
        shown: dict[str, Any] = {}
        for message in self.messages:
            if message.msg_type == "gui.value.set":
                shown.update(message.data)
        return shown


class Croft:
    """Sends utterances through the intent service and hears the answers."""

    def __init__(self) -> None:
        self._captures: list[CaptureSession] = []
        self.minicroft = get_minicroft([SKILL_ID], **_chosen_pipelines())

    @property
    def bus(self) -> Any:
        return self.minicroft.bus

    @property
    def skill(self) -> Any:
        return self.minicroft.plugin_skills[SKILL_ID].instance

    def hear(
        self,
        text: str,
        route: tuple[str, ...] = PLUGIN,
        session: str = "test",
        lang: str = LANG,
    ) -> Heard:
        spoken_to = Session(session, lang=lang, pipeline=list(route))
        capture = CaptureSession(self.minicroft)
        capture.ignore_messages = []
        # Kept: its finalizer takes the bus's lock, and may run while that lock is held.
        self._captures.append(capture)
        capture.capture(
            Message(
                "recognizer_loop:utterance",
                {"utterances": [text], "lang": lang},
                {"session": spoken_to.serialize(), "source": "A", "destination": "B"},
            ),
            timeout=20,
        )
        return Heard(capture.finish())

    def handed(self, text: str, intent: str, lang: str = LANG) -> Heard:
        """What comes of an utterance that a stock engine took for an intent of ours."""
        topic = next(
            message.data["name"]
            for message in self.minicroft.boot_messages
            if message.msg_type == "padatious:register_intent"
            and message.data["name"].removesuffix(".intent") == f"{SKILL_ID}:{intent}"
        )
        session = Session("handed", lang=lang).serialize()
        heard = Heard()

        def hear(message: str) -> None:
            heard.messages.append(Message.deserialize(message))

        self.bus.on("message", hear)
        self.bus.emit(Message(topic, {"utterance": text, "lang": lang}, {"session": session}))
        self.bus.remove("message", hear)
        return heard

    @contextmanager
    def settings(self, **changed: object) -> Iterator[None]:
        """The skill's settings.json changed by its owner, and back as it was."""
        path = Path(self.skill.settings_path)
        before = path.read_text()
        self._write(path, json.dumps(json.loads(before) | changed))
        try:
            yield
        finally:
            self._write(path, before)

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text)
        self.bus.emit(Message("ovos.skills.settings_changed", {"skill_id": SKILL_ID}))

    def stop(self) -> None:
        self.minicroft.stop()


def _chosen_pipelines() -> dict[str, Any]:
    """ovoscope 1.x loads only the pipelines that it is told of; 0.7 loads all of them."""
    known = inspect.signature(MiniCroft.__init__).parameters
    engines = [stage for stages in ENGINES.values() for stage in stages]
    chosen = {"default_pipeline": [*PLUGIN, *engines, *FALLBACK]}
    return chosen if "default_pipeline" in known else {}


@contextmanager
def spoken_languages() -> Iterator[None]:
    """OVOS set up for all the languages; what it was set up for before is put back."""
    configured = Configuration()
    chosen = {"lang": LANG, "secondary_langs": OTHER_LANGS}
    before = {name: configured.get(name) for name in chosen}
    for name, value in chosen.items():
        configured[name] = value
    yield
    for name, value in before.items():
        configured[name] = value


@pytest.fixture(scope="session")
def croft(plant_url: str) -> Iterator[Croft]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENMS_DATABASE_URL", plant_url)
        with spoken_languages():
            running = Croft()
            yield running
            running.stop()
