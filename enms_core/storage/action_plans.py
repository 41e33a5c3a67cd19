"""Action plans: stored and changed together with their entry in the audit log, or not at all.

Keys are handled as text, because an adopted table may count its rows in integers. Rows of a status
that is none of ours are left out: what they mean is not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Date, DateTime, Table, Text, cast, select, text
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.domain.action_plan import NO_CONTENT, ActionPlan, PlanContent, PlanStatus
from enms_core.domain.errors import UnknownPlan
from enms_core.domain.seu import SeuOfSource
from enms_core.storage.audit import Facts, record
from enms_core.storage.catalogue import is_time_zone
from enms_core.storage.management import ActionPlanRow
from enms_core.storage.sessions import RegisterStore

PLANS: Table = ActionPlanRow.__table__  # type: ignore[attr-defined]
PLANS_KEY = cast(PLANS.c.id, Text)
DAYS = ("start_date", "target_date", "completion_date")
STATUSES = frozenset(get_args(PlanStatus))
# What a status says something about.
BY_STATUS = ("completion_date", "actual_savings_kwh")
# Raised when what is stored can no longer be read as it was.
FORMAT = 1
CONTENT: TypeAdapter[PlanContent] = TypeAdapter(PlanContent)
# Whoever stores a plan waits for whoever does so now: the same one is not stored twice.
LOCK = text("SELECT pg_advisory_xact_lock(7305008)")
WAIT_BRIEFLY = text("SET LOCAL lock_timeout = '5s'")
# An adopted table may keep days as instants, and instants without a zone: both are of the site.
ZONES = text("SELECT timezone FROM factories ORDER BY created_at, name")
IN_ZONE = text("SELECT set_config('TimeZone', :zone, true)")
CREATED_AT = cast(PLANS.c.created_at, DateTime(timezone=True)).label("created_at")
READ = select(
    PLANS_KEY.label("key"),
    cast(PLANS.c.seu_id, Text).label("seu"),
    cast(PLANS.c.status, Text).label("status"),
    CREATED_AT,
    *(cast(PLANS.c[name], Date).label(name) for name in DAYS),
    *(PLANS.c[name] for name in ("title", "responsible_person", "notes", "metadata")),
    *(PLANS.c[name] for name in ("target_savings_kwh", "actual_savings_kwh")),
)


async def action_plans(
    registers: RegisterStore, seus: Sequence[SeuOfSource]
) -> tuple[ActionPlan, ...]:
    """All plans: open ones first, in the order in which they were made. seus: of the registers; a
    plan of another has none."""
    async with registers.session() as session:
        connection = await session.connection()
        await _in_local_time(connection)
        plans = await _read(connection, seus)
    return tuple(sorted(plans, key=lambda plan: (not plan.is_open, _made(plan))))


async def store_plan(
    registers: RegisterStore, plan: ActionPlan, seus: Sequence[SeuOfSource], who: str
) -> tuple[ActionPlan, bool]:
    """The stored plan, and whether it was there: an open one of the same title for the same SEU."""
    async with registers.session() as session:
        connection = await _locked(session)
        twin = _twin(plan, await _read(connection, seus))
        if twin is not None:
            return twin, True
        values = _columns(plan) | {"seu_id": plan.of.seu.id if plan.of else None}
        known = {name: value for name, value in values.items() if value is not None}
        written = PLANS.insert().values(known).returning(PLANS_KEY, CREATED_AT)
        key, created_at = (await connection.execute(written)).one()
        stored = replace(plan, id=key, created_at=created_at)
        await record(session, who, "plan.create", None, _facts(stored))
    return stored, False


async def update_plan(
    registers: RegisterStore,
    plan: ActionPlan,
    after: ActionPlan,
    seus: Sequence[SeuOfSource],
    who: str,
) -> ActionPlan:
    """Store what of a plan is to be changed; what others changed beside it since it was read
    stays. Raises UnknownPlan where it is gone."""
    async with registers.session() as session:
        connection = await _locked(session)
        before = next(iter(await _read(connection, seus, plan.id)), None)
        if before is None:
            raise UnknownPlan(plan.title)
        now = _with_changes(before, plan, after)
        if now != before:
            here = PLANS.update().where(PLANS_KEY.in_([plan.id]))
            await connection.execute(here.values(_changes(before, now)))
            await record(session, who, "plan.update", _facts(before), _facts(now))
    return now


def _with_changes(stored: ActionPlan, before: ActionPlan, after: ActionPlan) -> ActionPlan:
    """What is stored, with what is different between two plans. What hangs together with a status
    changes with it; who completes what somebody else has just completed keeps the day of that."""
    kept = {"id", "of", "verified", "unverified", "created_at", "content", "foreign"}
    changed, content = _changed(before, after), _changed(before.content, after.content)
    says_how_far = {"status", "progress_percent"} & {*changed, *content}
    if "status" in changed or (says_how_far and stored.status != after.status):
        changed["status"] = after.status
        changed |= {name: getattr(after, name) for name in BY_STATUS}
        content["progress_percent"] = after.content.progress_percent
        if stored.status == after.status:
            changed["completion_date"] = stored.completion_date
    own = {name: value for name, value in changed.items() if name not in kept}
    if _is_of_others(stored):
        content = {}
    return replace(stored, content=replace(stored.content, **content), **own)


def _changes(before: ActionPlan, now: ActionPlan) -> dict[str, Any]:
    """The columns to be written. All others stay: theirs may tell more than what is read here."""
    was = _columns(before, is_new=False)
    columns = {k: v for k, v in _columns(now, is_new=False).items() if k not in was or v != was[k]}
    if before.content == now.content:
        columns.pop("metadata", None)
    return columns


def _changed(before: ActionPlan | PlanContent, after: ActionPlan | PlanContent) -> dict[str, Any]:
    """The fields that are different."""
    return {name: value for name, value in vars(after).items() if value != getattr(before, name)}


async def _locked(session: AsyncSession) -> AsyncConnection:
    connection = await session.connection()
    await connection.execute(WAIT_BRIEFLY)
    await connection.execute(LOCK)
    await _in_local_time(connection)
    return connection


async def _in_local_time(connection: AsyncConnection) -> None:
    """Have the server take the days of this transaction as those of the first site."""
    zones = (await connection.execute(ZONES)).scalars()
    zone = next((each for each in zones if is_time_zone(each)), "UTC")
    await connection.execute(IN_ZONE, {"zone": zone})


async def _read(
    connection: AsyncConnection, seus: Sequence[SeuOfSource], key: str | None = None
) -> list[ActionPlan]:
    """All plans, or the one of a key, which other programs then cannot change meanwhile."""
    known = {str(of.seu.id): of for of in seus}
    wanted = READ if key is None else READ.where(PLANS_KEY.in_([key])).with_for_update()
    rows = (await connection.execute(wanted)).mappings().all()
    return [_plan(row, known) for row in rows if row["status"] in STATUSES]


def _plan(row: RowMapping, seus: Mapping[str, SeuOfSource]) -> ActionPlan:
    return ActionPlan(
        id=row["key"],
        of=seus.get(row["seu"] or ""),
        title=row["title"] or "",
        content=_content(row["metadata"]),
        foreign=_foreign(row["metadata"]),
        status=row["status"],
        target_savings_kwh=row["target_savings_kwh"],
        responsible_person=row["responsible_person"],
        start_date=row["start_date"],
        target_date=row["target_date"],
        completion_date=row["completion_date"],
        actual_savings_kwh=row["actual_savings_kwh"],
        notes=row["notes"],
        created_at=row["created_at"],
    )


def _content(stored: object) -> PlanContent:
    """Others may have written here, or a later version of ours."""
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        return NO_CONTENT
    try:
        return CONTENT.validate_python(stored.get("content"))
    except ValidationError:
        return NO_CONTENT


def _foreign(stored: object) -> dict[str, object]:
    """All that is not ours; of another format everything."""
    if stored is None:
        return {}
    if not isinstance(stored, dict):
        return {"format": None, "": stored}
    if stored.get("format") != FORMAT:
        return dict(stored)
    return {name: value for name, value in stored.items() if name not in ("format", "content")}


def _is_of_others(plan: ActionPlan) -> bool:
    """Whether another format stands where ours would."""
    return "format" in plan.foreign


def _metadata(plan: ActionPlan, is_new: bool) -> dict[str, object]:
    """What is to be written; nothing where another format stands there."""
    if _is_of_others(plan) or (is_new and plan.content == NO_CONTENT):
        return {}
    content = CONTENT.dump_python(plan.content, mode="json")
    return {**plan.foreign, "format": FORMAT, "content": content}


def _columns(plan: ActionPlan, is_new: bool = True) -> dict[str, Any]:
    own = _metadata(plan, is_new)
    return {
        "title": plan.title,
        "status": plan.status,
        "target_savings_kwh": plan.target_savings_kwh,
        "responsible_person": plan.responsible_person,
        "start_date": plan.start_date,
        "target_date": plan.target_date,
        "completion_date": plan.completion_date,
        "actual_savings_kwh": plan.actual_savings_kwh,
        "notes": plan.notes,
        **({"metadata": own} if own else {}),
    }


def _facts(plan: ActionPlan) -> Facts:
    columns = {name: value for name, value in _columns(plan).items() if name != "metadata"}
    own = {name: str(value) for name, value in columns.items() if name.endswith("_date") and value}
    progress = {"progress_percent": plan.content.progress_percent}
    return {**columns, **{name: own.get(name) for name in columns if name.endswith("_date")},
            **progress, "id": plan.id, "seu": plan.of.seu.name if plan.of else None}  # fmt: skip


def _twin(plan: ActionPlan, known: Sequence[ActionPlan]) -> ActionPlan | None:
    same = (each for each in known if each.is_open and each.of == plan.of)
    return next((each for each in same if _folded(each.title) == _folded(plan.title)), None)


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def _made(plan: ActionPlan) -> tuple[bool, datetime | int, str]:
    created = plan.created_at
    return created is None, created or 0, plan.id or ""
