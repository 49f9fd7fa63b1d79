"""How each engine spells the few things that engines spell unlike. Everything else is the SQL they share."""

from dataclasses import dataclass
from datetime import date

from taizhang.kernel.contracts import ColumnType


@dataclass(frozen=True, slots=True)
class Dialect:
    """One engine's spelling. Values go in and come out as SQL text that stands as one operand."""

    name: str
    double: str = "DOUBLE"
    quote: str = '"'

    def named(self, name: str) -> str:
        """A table or column by name."""
        return f"{self.quote}{name.replace(self.quote, self.quote * 2)}{self.quote}"

    def type(self, type_: ColumnType) -> str:
        return _TYPES[type_]

    def literal(self, value: int | str | bool | date | None, type_: ColumnType) -> str:
        """A fixed value; a missing one keeps its type, because an engine would guess another."""
        match value:
            case None:
                return f"CAST(NULL AS {self.type(type_)})"
            case bool():
                return "TRUE" if value else "FALSE"
            case int():
                return f"CAST({value} AS BIGINT)"  # a bare number has 32 bits, and overflows when multiplied
            case date():
                return f"DATE '{value.isoformat()}'"
        return self.text(value)

    def text(self, value: str) -> str:
        return "'" + value.replace("'", "''") + "'"

    def days_later(self, day: str, days: str) -> str:
        return f"({day} + CAST({days} AS INTEGER))"

    def months_later(self, day: str, months: int) -> str:
        """The same day of another month, or that month's last day where it has none."""
        return f"CAST({day} + INTERVAL '{months} month' AS DATE)"

    def days_between(self, first: str, last: str) -> str:
        return f"CAST({last} - {first} AS BIGINT)"


@dataclass(frozen=True, slots=True)
class _Spark(Dialect):
    def type(self, type_: ColumnType) -> str:
        return "STRING" if type_ == "code" else _TYPES[type_]

    def text(self, value: str) -> str:
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def days_later(self, day: str, days: str) -> str:
        return f"DATE_ADD({day}, CAST({days} AS INT))"

    def months_later(self, day: str, months: int) -> str:
        return f"ADD_MONTHS({day}, {months})"

    def days_between(self, first: str, last: str) -> str:
        return f"CAST(DATEDIFF({last}, {first}) AS BIGINT)"


_TYPES: dict[ColumnType, str] = {"int": "BIGINT", "date": "DATE", "bool": "BOOLEAN", "code": "VARCHAR"}

DUCKDB = Dialect("duckdb")
POSTGRESQL = Dialect("postgresql", double="DOUBLE PRECISION")
SPARK = _Spark("spark", quote="`")
DIALECTS = (DUCKDB, POSTGRESQL, SPARK)
