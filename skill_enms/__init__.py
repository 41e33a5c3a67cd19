"""OVOS skill: ask a factory about its energy."""

from __future__ import annotations

from skill_enms.skill import EnergySkill

__all__ = ["EnergySkill"]
