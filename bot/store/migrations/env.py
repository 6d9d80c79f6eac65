"""Alembic's way in: the tables to compare with, and the database that Samenbot was told of."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, event

from bot.store.tables import SHAPE

LOCK = 5_263_626_020
"""A number of our own among PostgreSQL's advisory locks: whoever holds it changes the shape."""

url = context.config.attributes.get("url") or context.get_x_argument(as_dictionary=True)["url"]
engine = create_engine(url)

if engine.dialect.name == "sqlite":
    # The driver's own transactions leave out CREATE and DROP: a process that was killed in the middle
    # would leave half a shape behind, which no later start could do anything with.
    @event.listens_for(engine, "connect")
    def leave_transactions_to_us(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


try:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # As BEGIN IMMEDIATE does on SQLite: of two first starts one makes the shape, the other finds it.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        context.configure(
            connection=connection, target_metadata=SHAPE, render_as_batch=True, transactional_ddl=True
        )
        context.run_migrations()
finally:
    engine.dispose()
