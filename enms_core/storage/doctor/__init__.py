"""Examination of the data: what is wrong, missing or doubtful in readings and registers."""

from __future__ import annotations

from enms_core.storage.doctor.examination import examine
from enms_core.storage.doctor.statement import Scope

__all__ = ["Scope", "examine"]
