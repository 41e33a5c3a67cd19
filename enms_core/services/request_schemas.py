"""JSON schemas of what other programs send and get, made of what requests are checked by.

`python -m enms_core.services.request_schemas FOLDER` writes them as files.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from enms_core.domain.question import Outcome
from enms_core.services.request_faults import FaultCode
from enms_core.services.request_fields import FIELDS, NAMES, VERSION, RequestName

FOLDER = Path(__file__).resolve().parents[1] / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class PeriodShape(BaseModel):
    """Half-open, in the local time of the machines, with its offset."""

    model_config = ConfigDict(extra="forbid", strict=True)

    start: str
    end: str


class ErrorShape(BaseModel):
    """Why a request was not answered. field: the path of the one that is at fault. valid_options:
    what it could hold. retry_after_seconds: null where waiting does not help."""

    model_config = ConfigDict(extra="forbid", strict=True)

    code: FaultCode
    message: str
    field: str | None
    valid_options: list[str] | None
    retry_after_seconds: int | None = Field(ge=1)


class ResponseShape(BaseModel):
    """The response to every request but enms.ask, whose own object has version, voice_summary and
    error as here. data: what docs/json.md tells of the intent."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: int = Field(ge=VERSION, le=VERSION)
    request: RequestName
    outcome: Outcome
    lang: str
    voice_summary: str = Field(min_length=1)
    period: PeriodShape | None
    data: dict[str, Any]
    issues: list[dict[str, Any]]
    error: ErrorShape | None
    elapsed_ms: float = Field(ge=0)


def schemas() -> Mapping[str, dict[str, Any]]:
    """File name → schema: one of each request, and `response.json`."""
    kinds: dict[str, type[BaseModel]] = {name: FIELDS[name] for name in NAMES}
    kinds["response"] = ResponseShape
    return {
        f"{name}.json": {"$schema": DIALECT, **kind.model_json_schema(), "title": name}
        for name, kind in kinds.items()
    }


def text_of(schema: Mapping[str, Any]) -> str:
    """A schema as its file has it."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def write(folder: Path) -> None:
    """All of them as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        folder.joinpath(name).write_text(text_of(schema), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
