"""Queries that Django writes once, for the few that every invoice needs.

Writing the SQL of a small query takes Django some ten times as long as running it. A prepared query is
written when it first runs, with a :class:`Given` in place of each value that differs from run to run::

    JOB = Select(ProcessingJob.objects.filter(invoice_id=Given("invoice")))
    (job,) = JOB(invoice=17)

Only values can be given: a condition on None, on a list or on a slice is different SQL. All this rests on how
Django 5.2 compiles queries, which it promises nobody (docs/decisions/0007-prepared-queries.md).
"""

from collections.abc import Sequence
from copy import copy
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql import Query, UpdateQuery
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import ROW_COUNT

Row = TypeVar("Row")


class Given(Expression):
    """A value that comes with each run. Give the ``field`` where a database keeps it in a way of its own."""

    def __init__(self, name: str, field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=field)
        self.name, self.kept_as = name, field

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:  # noqa: ARG002
        """A gap."""
        return "%s", (self,)


class Written:
    """A query's SQL with its gaps."""

    def __init__(self, query: Query, using: str) -> None:
        self._compiler = query.get_compiler(using)
        self._sql, self._parameters = self._compiler.as_sql()

    def filled(self, values: dict[str, Any]) -> Any:  # noqa: ANN401 - an SQLCompiler, but of any kind
        """A compiler that has nothing left to write: it runs the SQL, and understands the rows."""
        compiler: Any = copy(self._compiler)
        compiler.connection = connections[compiler.using]  # each thread has its own
        parameters: list[Any] = []
        for parameter in self._parameters:
            value: Any = parameter
            if isinstance(parameter, Given):
                value = values[parameter.name]
                if parameter.kept_as:
                    value = parameter.kept_as.get_db_prep_save(value, compiler.connection)
            parameters.append(value)
        compiler.as_sql = lambda: (self._sql, parameters)
        return compiler


class Select(Generic[Row]):
    """A prepared SELECT; called with the given values it returns the rows of its queryset."""

    def __init__(self, rows: "QuerySet[Any, Row]") -> None:
        self._rows: Any = rows

    @cached_property
    def _written(self) -> Written:
        return Written(self._rows.query, self._rows.db)

    def __call__(self, **values: Any) -> list[Row]:
        compiler = self._written.filled(values)
        rows = self._rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler
        return list(rows)


class Update:
    """A prepared UPDATE; called with the given values it returns how many rows it changed."""

    def __init__(self, rows: "QuerySet[Model]", **changes: Any) -> None:
        self._query = cast("UpdateQuery", rows.query.chain(UpdateQuery))
        self._query.add_update_values(changes)
        self._using = rows.db

    @cached_property
    def _written(self) -> Written:
        return Written(self._query, self._using)

    def __call__(self, **values: Any) -> int:
        with transaction.mark_for_rollback_on_error(self._using):
            return int(self._written.filled(values).execute_sql(ROW_COUNT))


class Insert:
    """A prepared INSERT of rows that nobody needs the ids of.

    With ``unique`` columns, a row that says the same there as one at hand only sets its ``update`` column.
    """

    MOST = 500  # rows a statement: databases bound how many values one holds

    def __init__(self, model: type[Model], *, unique: str = "", update: str = "") -> None:
        self._fields = [field for field in model._meta.concrete_fields if field is not model._meta.auto_field]
        names = ", ".join(f'"{field.column}"' for field in self._fields)
        self._head = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES '  # noqa: S608
        self._gaps = f"({', '.join(['%s'] * len(self._fields))})"
        self._tail = f" ON CONFLICT ({unique}) DO UPDATE SET {update} = EXCLUDED.{update}" if unique else ""

    def __call__(self, rows: Sequence[Model]) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        for start in range(0, len(rows), self.MOST):
            some = rows[start : start + self.MOST]
            values = [
                field.get_db_prep_save(getattr(row, field.attname), connection)
                for row in some
                for field in self._fields
            ]
            with connection.cursor() as cursor:
                cursor.execute(self._head + ", ".join([self._gaps] * len(some)) + self._tail, values)
