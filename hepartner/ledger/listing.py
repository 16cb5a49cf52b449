"""SQLModel sessions for filtered listings, on the ledger's one connection; the vouchers alone write and own transactions."""

from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from .database import Database, speaking


def session_on(database: Database) -> Session:
    """Open a session that reads through the ledger's connection and never begins, commits or rolls back by itself."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: database.connection,
        poolclass=StaticPool,
        pool_reset_on_return=None,
    )
    for name in ("do_begin", "do_commit", "do_rollback"):
        setattr(engine.dialect, name, _nothing)

    def speak(failed: ExceptionContext) -> None:
        with speaking(database.path):
            raise failed.original_exception

    event.listen(engine, "handle_error", speak)
    return Session(engine, autoflush=False)


def _nothing(_connection: Any) -> None:
    """Stand where the dialect would begin, commit or roll back."""
