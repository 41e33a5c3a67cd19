"""Why a command did nothing, for reasons that the person at the terminal can mend."""

from __future__ import annotations

from enms_core.domain.errors import EnmsError


class CommandFailed(EnmsError):
    """What was asked for is not there, or cannot be done; nothing was changed."""
