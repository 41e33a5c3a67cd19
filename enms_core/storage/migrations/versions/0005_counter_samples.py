"""Samples of counters at the ends of what was stored of them.

A counter's file or message tells how far the register has come, so what was used between the last
sample of one and the first of the next is known only with both. value: in the unit of the energy
source. serial: the name of the meter, NULL where nobody told it. No reference to machines, as the
readings have none.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COUNTER_SAMPLES = """
CREATE TABLE enms.counter_samples (
    machine_id        uuid NOT NULL,
    energy_source_id  uuid NOT NULL,
    time              timestamptz NOT NULL,
    value             double precision NOT NULL,
    serial            text,
    PRIMARY KEY (machine_id, energy_source_id, time)
)
"""


def upgrade() -> None:
    op.execute(COUNTER_SAMPLES)


def downgrade() -> None:
    op.execute("DROP TABLE enms.counter_samples")
