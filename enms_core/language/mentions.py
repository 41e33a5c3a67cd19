"""What a sentence names: machines, sites, everything, or something that is not here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

ALL_SITES = "sites"

MentionKind = Literal["machine", "group", "choice", "unknown", "site", "everything"]


@dataclass(frozen=True)
class Mention:
    """Words first..last (exclusive) of a sentence that name machines, or something unknown.

    label: of a group or a site; ALL_SITES where each site was named with the others. is_plural:
    whether a group was named as several, and not asked for as "which compressor".
    """

    first: int
    last: int
    kind: MentionKind
    machine_ids: tuple[UUID, ...] = ()
    label: str | None = None
    source: str | None = None
    is_plural: bool = False
