"""Outlets and their merchants from a table: bad lines are named with what was expected and stop none of the others."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.central import Central
from merchant_app.server.db.merchants import all_merchants, put_merchants
from merchant_app.server.db.outlets import known_ids, put_outlets
from merchant_app.server.services.operators.deeds import Deed, note_deed
from merchant_app.server.services.outlet_import.lines import BadLine, ReadOutlet
from merchant_app.server.services.outlet_import.table import Table, read_table
from merchant_app.wire.catalogue import OutletPart


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was taken, or would be: `new` outlets of them, and how many merchants are named."""

    taken: int
    bad_lines: tuple[BadLine, ...]
    new: int = 0
    merchants: int = 0
    outlets: tuple[OutletPart, ...] = ()


def import_outlets(central: Central, text: str, *, by: OperatorId | None = None) -> ImportReport:
    """New outlets are added, known ones brought up to date; what a table has no column for stays as it is."""
    table = read_table(text)
    with central.database.writing() as connection:
        table = _with_known_merchants(connection, table)
        report = _report(connection, table)
        put_merchants(connection, table.merchants())
        if table.outlets:
            put_outlets(connection, [_as_row(each) for each in table.outlets], table.columns)
            told = {"new": report.new, "bad_lines": len(report.bad_lines)}
            note_deed(connection, by, Deed.OUTLETS_IMPORTED, report.taken, at=central.now(), **told)
    return report


def preview(central: Central, text: str) -> ImportReport:
    """What `import_outlets` would do."""
    table = read_table(text)
    with central.database.reading() as connection:
        return _report(connection, _with_known_merchants(connection, table))


def _with_known_merchants(connection: Connection, table: Table) -> Table:
    """A line may name a merchant by its number alone only where its name is known from elsewhere."""
    named = [*all_merchants(connection), *table.merchants()]
    known = {None, *(each.merchant_id for each in named)}
    expected = "a merchant that is known, or its name beside it"
    strange = [BadLine(each.line, "merchant_id", expected) for each in table.outlets if each.merchant_id not in known]
    good = tuple(each for each in table.outlets if each.merchant_id in known)
    bad = sorted([*table.bad_lines, *strange], key=lambda line: line.line)
    return replace(table, outlets=good, bad_lines=tuple(bad))


def _report(connection: Connection, table: Table) -> ImportReport:
    known = known_ids(connection)
    return ImportReport(
        taken=len(table.outlets),
        bad_lines=table.bad_lines,
        new=sum(each.part.outlet_id not in known for each in table.outlets),
        merchants=len(table.merchants()),
        outlets=tuple(each.part for each in table.outlets),
    )


def _as_row(outlet: ReadOutlet) -> dict[str, object]:
    return {**outlet.part.model_dump(exclude={"distance_m"}), "merchant_id": outlet.merchant_id}
