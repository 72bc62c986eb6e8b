"""Many small questions to the database in one round; each is a look into one index.

Plain SQL, since the ORM takes longer to put such a query together than both databases take to answer it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import connection

Value = str | int


class Question(NamedTuple):
    """A query of one column of text, the name of its answers, and its values."""

    name: str
    sql: str
    values: tuple[Value, ...]


def ask(questions: Iterable[Question]) -> Mapping[str, Sequence[str]]:
    """The answers by name, in the order of the query; none under a name that nothing answers."""
    asked = list(questions)
    sql = " UNION ALL ".join(f"SELECT %s, found.* FROM ({question.sql}) AS found" for question in asked)  # noqa: S608
    values = [value for question in asked for value in (question.name, *question.values)]
    answers: dict[str, list[str]] = defaultdict(list)
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            for name, answer in cursor.fetchall():
                if answer is not None:
                    answers[name].append(answer)
    return answers
