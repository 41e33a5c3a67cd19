"""Alembic's environment: runs the migrations on the connection that schema.py hands over."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table_schema="enms",
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
