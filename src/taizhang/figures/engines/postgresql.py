"""PostgreSQL: the same SQL over rows copied from a ledger version into a schema of their own.

Copied, not the service tables themselves: those have moved on by the time a figure is asked for, and a figure belongs to one ledger
version.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from taizhang.figures.engines import EngineError
from taizhang.figures.membership import membership_name
from taizhang.figures.summing import Sums, columns_of, sums_of, sums_sql
from taizhang.figures.sums import sums_elsewhere
from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.engines.compiler import membership_sql
from taizhang.kernel.engines.dialects import POSTGRESQL
from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry

if TYPE_CHECKING:
    from taizhang.figures.source import Ledger

_TYPES = {"int": "bigint", "date": "date", "bool": "boolean", "code": "text"}
_PREFIX = "taizhang_ledger_"
_LONGEST = 63  # bytes of a column's name; what is longer would be cut, and two could become one
_COPYING = 7_205_1  # advisory lock: one process copies at a time


class PostgreSQL:
    at_once = 1  # its own parallel workers use the cores

    def __init__(self, url: str = "") -> None:
        self._url = url

    def sums(
        self, ledger: "Ledger", population: Population, indicators: Sequence[Indicator], period: Period, parameters: Mapping[str, Parameter]
    ) -> Sums:
        if too_long := [name for name in columns_of(indicators) if len(name.encode()) > _LONGEST]:
            raise EngineError(f"指标代码过长，PostgreSQL 的列名最多{_LONGEST}字节：{too_long[0]}。请改用其他引擎，或缩短代码。")

        name = membership_name(population, indicators, period, parameters)

        def summed() -> Sums:
            members = membership_sql(population, indicators, period, parameters, POSTGRESQL)
            with closing(self._connect()) as connection:
                schema = _copied(connection, ledger)
                connection.execute(f'SET search_path TO "{schema}"')
                return sums_of(indicators, connection.execute(sums_sql(population, indicators, f"({members})")).fetchall())

        return sums_elsewhere(ledger, name, summed)

    def forget(self, ledger: "Ledger") -> None:
        with closing(self._connect()) as connection:
            connection.execute(f'DROP SCHEMA IF EXISTS "{_schema(ledger)}" CASCADE')

    def _connect(self) -> Any:
        import psycopg

        try:
            return psycopg.connect(self._url or _service_database(), autocommit=True)
        except psycopg.OperationalError as error:
            raise EngineError(f"连不上 PostgreSQL：{error}。请核对 TAIZHANG_ENGINE_URL，确认服务已启动。") from None


def _service_database() -> str:
    from django.conf import settings
    from psycopg.conninfo import make_conninfo

    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("postgresql"):
        raise EngineError("本台账的数据库是 SQLite。用 PostgreSQL 计算，请以 TAIZHANG_ENGINE_URL 指明一个。")
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return make_conninfo(**{name: database[key] for name, key in named.items() if database.get(key)})


def _schema(ledger: "Ledger") -> str:
    return f"{_of(ledger)}{ledger.number}_{_digest(ledger.stamp(ledger.number) or '')}"


def _of(ledger: "Ledger") -> str:
    """What the schemas of all versions of one ledger begin with."""
    return f"{_PREFIX}{_digest(str(ledger.folder))}_"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _copied(connection: Any, ledger: "Ledger") -> str:
    """The schema with the version's rows; copied now if it is not there, and then those of other versions are dropped. All or nothing."""
    schema = _schema(ledger)
    there = "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)"
    if schema in {name for (name,) in connection.execute(there, [_of(ledger)])}:
        return schema
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_COPYING])
        others = {name for (name,) in connection.execute(there, [_of(ledger)])}
        if schema in others:  # another process was as quick
            return schema
        for other in others:
            connection.execute(f'DROP SCHEMA "{other}" CASCADE')
        connection.execute(f'CREATE SCHEMA "{schema}"')
        with closing(ledger.connect()) as source:
            for contract in registry.contracts.values():
                _copy(connection, schema, contract, source, ledger)
    return schema


def _copy(connection: Any, schema: str, contract: RecordContract, source: Any, ledger: "Ledger") -> None:
    table = f'"{schema}"."{contract.table}"'
    shape = ", ".join(f'"{c.name}" {_TYPES[c.type]}' for c in contract.all_columns)
    names = ", ".join(f'"{c.name}"' for c in contract.all_columns)
    connection.execute(f"CREATE TABLE {table} ({shape})")
    # By a file, which both read and write at their own speed; in the ledger's folder, closed as that is.
    passing = ledger.folder / f".{secrets.token_hex(6)}.csv"
    try:
        target = str(passing).replace("'", "''")
        source.execute(f"COPY (SELECT {names} FROM \"{contract.table}\") TO '{target}' (FORMAT csv, HEADER false)")
        with passing.open("rb") as stream, connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN (FORMAT csv)") as copying:
            while block := stream.read(1 << 20):
                copying.write(block)
    finally:
        passing.unlink(missing_ok=True)
    if contract.about_residents:
        connection.execute(f'CREATE INDEX ON {table} ("resident")')
    connection.execute(f"ANALYZE {table}")
