"""Kinds of columns that the registers share."""

# No `from __future__ import annotations`: SQLModel reads the annotations at run time.
from datetime import datetime, timezone
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Integer,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field


def id_column() -> Any:
    return Field(
        default_factory=uuid4,
        sa_column=Column(Uuid, primary_key=True, server_default=func.gen_random_uuid()),
    )


def server_id_column() -> Any:
    """A key that the database gives: an adopted table may count its rows in integers."""
    key = Column(Uuid, primary_key=True, server_default=func.gen_random_uuid())
    return Field(default=None, sa_column=key)


def reference_column(table: str, primary_key: bool = False, nullable: bool = False) -> Any:
    column = Column(Uuid, ForeignKey(f"{table}.id"), nullable=nullable, primary_key=primary_key)
    return Field(None, sa_column=column) if nullable else Field(sa_column=column)


def created_at_column() -> Any:
    return Field(
        default_factory=lambda: datetime.now(timezone.utc),
        sa_column=Column(DateTime(timezone=True), nullable=False, server_default=func.now()),
    )


def instant_column(default: Any = ..., primary_key: bool = False) -> Any:
    nullable = default is None
    kind = DateTime(timezone=True)
    return Field(default, sa_column=Column(kind, nullable=nullable, primary_key=primary_key))


def number_column(default: Any = ...) -> Any:
    return Field(default, sa_column=Column(Double, nullable=default is None))


def integer_column(default: Any = ...) -> Any:
    return Field(default, sa_column=Column(Integer, nullable=default is None))


def text_column(default: Any = ..., unique: bool = False, primary_key: bool = False) -> Any:
    nullable = default is None
    column = Column(Text, nullable=nullable, unique=unique or None, primary_key=primary_key)
    return Field(default, sa_column=column)


def texts_column(default: Any = ...) -> Any:
    return Field(default, sa_column=Column(ARRAY(Text), nullable=default is None))


def json_column(default: Any = ..., name: str | None = None) -> Any:
    kind: JSONB[Any] = JSONB(none_as_null=True)
    column: Column[Any] = Column(kind, nullable=default is None)
    if name is not None:
        column = Column(name, kind, nullable=default is None)
    return Field(default, sa_column=column)


def date_column(default: Any = ...) -> Any:
    return Field(default, sa_column=Column(Date, nullable=default is None))


def flag_column(default: bool) -> Any:
    server_default = text("true" if default else "false")
    return Field(default, sa_column=Column(Boolean, nullable=False, server_default=server_default))
