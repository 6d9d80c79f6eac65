"""What a task made of a letter is for: two of one letter are told apart.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("wanted", sa.JSON(), nullable=False, server_default="[]"))
