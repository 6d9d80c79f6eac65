"""The day that a turn of a recurring task belongs to, whatever day it was moved to.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("rhythm_day", sa.Date(), nullable=True))
