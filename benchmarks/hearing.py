"""OVOS with the skill on a fake bus, and beside it a skill that does nothing but speak."""

from __future__ import annotations

import time
from typing import Any

from ovos_bus_client.message import Message
from ovos_bus_client.session import Session
from ovos_plugin_manager.templates.pipeline import IntentHandlerMatch, PipelinePlugin
from ovos_workshop.skills.ovos import OVOSSkill
from ovoscope import CaptureSession, get_minicroft

from enms_core.services.engine import Engine
from skill_enms.topics import SKILL_ID

OURS = "skill-enms-pipeline"
FLOOR = "bench-floor"
FLOOR_SKILL = "bench.floor"
FLOOR_TOPIC = f"{FLOOR_SKILL}:speak"
TIMEOUT_SECONDS = 20


class FloorSkill(OVOSSkill):
    """Speaks without having thought."""

    def initialize(self) -> None:
        self.add_event(
            FLOOR_TOPIC, self.handle, handler_info="mycroft.skill.handler", is_intent=True
        )

    def handle(self, _message: Message) -> None:
        self.speak("Something.")


class FloorPipeline(PipelinePlugin):
    """Matches everything at once."""

    def match(
        self, utterances: list[str], lang: str, message: Message
    ) -> IntentHandlerMatch | None:
        return IntentHandlerMatch(FLOOR_TOPIC, {}, FLOOR_SKILL, utterances[0])


class Hearing:
    """Utterances into OVOS's intent service, timed to the speech that comes of them."""

    def __init__(self) -> None:
        self.croft = get_minicroft([SKILL_ID], extra_skills={FLOOR_SKILL: FloorSkill})
        self.croft.intents.pipeline_plugins[FLOOR] = FloorPipeline(self.croft.bus)
        # Kept: the finalizer of a capture takes a lock that may be held when it runs.
        self._captures: list[CaptureSession] = []

    @property
    def skill(self) -> Any:
        return self.croft.plugin_skills[SKILL_ID].instance

    @property
    def engine(self) -> Engine:
        engine: Engine = self.skill._backend._opened.engine
        return engine

    def speech_ms(self, text: str, route: str = OURS, session: str = "bench") -> float:
        """From the utterance to `speak` [ms]; not a number where nothing was spoken."""
        spoken: list[float] = []

        def heard(_message: Message) -> None:
            spoken.append(time.perf_counter())

        of_session = Session(session, lang="en-US", pipeline=[route]).serialize()
        capture = CaptureSession(self.croft)
        self._captures.append(capture)
        self.croft.bus.on("speak", heard)
        started = time.perf_counter()
        said = {"utterances": [text], "lang": "en-US"}
        message = Message("recognizer_loop:utterance", said, {"session": of_session})
        capture.capture(message, timeout=TIMEOUT_SECONDS)
        capture.finish()
        self.croft.bus.remove("speak", heard)
        return 1000 * (spoken[0] - started) if spoken else float("nan")

    def stop(self) -> None:
        self.croft.stop()
