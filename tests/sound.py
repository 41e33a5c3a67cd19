"""Text read aloud into wav files by espeak-ng, which comes as a wheel with its voices.

Only for tests: nothing is played, and no sound card is needed.
"""

from __future__ import annotations

import ctypes
import wave
from functools import lru_cache
from pathlib import Path

import espeakng_loader

# Of espeak-ng's speak_lib.h, version 12.
SYNCHRONOUS = 2  # the callback has had all samples when espeak_Synth returns
DO_NOT_EXIT = 0x8000  # a missing voice file is an error of the call, not the end of the process
UTF8 = 1
CHARACTERS = 1
SAMPLE_BYTES = 2

Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class SoundFailed(RuntimeError):
    """espeak-ng could not be started, or did not read the text."""


class Reader:
    """One espeak-ng in this process; the library has one state, so there is no second reader."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._heard = bytearray()
        # Kept, since the library calls it for as long as it lives.
        self._callback = Callback(self._hear)
        data = espeakng_loader.get_data_path().encode()
        self.samples_per_second: int = self._library.espeak_Initialize(
            SYNCHRONOUS, 0, data, DO_NOT_EXIT
        )
        if self.samples_per_second <= 0:
            raise SoundFailed(f"espeak-ng does not start with its data in {data!r}")
        self._library.espeak_SetSynthCallback(self._callback)

    def samples(self, text: str, voice: str) -> bytes:
        """The text as 16-bit samples of one channel."""
        self._heard.clear()
        spoken = text.encode()
        self._succeed(self._library.espeak_SetVoiceByName(voice.encode()), voice)
        self._succeed(
            self._library.espeak_Synth(
                spoken, ctypes.c_size_t(len(spoken) + 1), 0, CHARACTERS, 0, UTF8, None, None
            ),
            text,
        )
        return bytes(self._heard)

    def _hear(self, samples: ctypes._Pointer[ctypes.c_short], count: int, _events: int) -> int:
        if samples:
            self._heard += ctypes.string_at(samples, count * SAMPLE_BYTES)
        return 0  # go on

    @staticmethod
    def _succeed(status: int, what: str) -> None:
        if status != 0:
            raise SoundFailed(f"espeak-ng gives status {status} for {what!r}")


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader()


def spoken(text: str, path: Path, voice: str = "en-us") -> None:
    """Read a text aloud into a wav file of one channel."""
    reader = _reader()
    samples = reader.samples(text, voice)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(SAMPLE_BYTES)
        file.setframerate(reader.samples_per_second)
        file.writeframes(samples)


def seconds(path: Path) -> float:
    """How long a wav file sounds."""
    with wave.open(str(path), "rb") as file:
        return file.getnframes() / file.getframerate()
