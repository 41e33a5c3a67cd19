"""The SQL of migration 0004, by what it is about. Changed by later migrations only."""
