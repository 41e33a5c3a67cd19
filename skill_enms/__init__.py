"""OVOS skill: ask a factory about its energy."""
