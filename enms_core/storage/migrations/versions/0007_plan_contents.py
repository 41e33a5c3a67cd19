"""What action plans are made of: the column `metadata` of action_plans.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

from alembic import op

from enms_core.storage.migrations import adopting, made

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    adopting.make_or_complete(op.get_bind(), revision, "action_plans", "metadata jsonb")


def downgrade() -> None:
    made.take_away(op.get_bind(), revision)
