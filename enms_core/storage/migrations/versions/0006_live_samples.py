"""What counters and power meters sent lately: what the readings to come are computed from.

kind: counter or power. value: in the unit of the energy source, of power in that unit per hour.
serial: the name of the meter, NULL where nobody told it. No reference to machines, as the readings have none.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LIVE_SAMPLES = """
CREATE TABLE enms.live_samples (
    machine_id        uuid NOT NULL,
    energy_source_id  uuid NOT NULL,
    kind              text NOT NULL CHECK (kind IN ('counter', 'power')),
    time              timestamptz NOT NULL,
    value             double precision NOT NULL,
    serial            text,
    PRIMARY KEY (machine_id, energy_source_id, kind, time)
)
"""


def upgrade() -> None:
    op.execute(LIVE_SAMPLES)


def downgrade() -> None:
    op.execute("DROP TABLE enms.live_samples")
