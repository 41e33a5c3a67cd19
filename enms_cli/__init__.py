"""The command `enms`: a thin front over the core."""
