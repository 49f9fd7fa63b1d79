"""Apache Spark: the same SQL on a cluster, over the Parquet files that a ledger version names.

No Delta reader is needed, and so no jar is fetched: a version says which files it is made of, and they hold neither deletion vectors nor
renamed columns. Every executor must see the files under the same path. The text is Spark SQL; no Python runs on the cluster's workers.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taizhang.figures.engines import EngineError
from taizhang.figures.membership import membership_name
from taizhang.figures.summing import Sums, sums_of, sums_sql
from taizhang.figures.sums import sums_elsewhere
from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.engines.compiler import membership_sql
from taizhang.kernel.engines.dialects import SPARK
from taizhang.kernel.indicators import Indicator, Population
from taizhang.kernel.parameters import Parameter
from taizhang.kernel.periods import Period
from taizhang.kernel.registry import registry
from taizhang.ledger import layout

if TYPE_CHECKING:
    from taizhang.figures.source import Ledger, TableFiles

_TYPES = {"int": "BIGINT", "date": "DATE", "bool": "BOOLEAN", "code": "STRING"}
_KEPT = 4  # ledger versions whose views stand ready


class Spark:
    at_once = 4  # while one query is planned on the driver, others run on the workers

    def __init__(self, master: str = "") -> None:
        self._master = master
        self._started: Any = None
        self._ready: OrderedDict[tuple[Path, int, str], Any] = OrderedDict()
        self._lock = threading.Lock()

    def sums(
        self, ledger: "Ledger", population: Population, indicators: Sequence[Indicator], period: Period, parameters: Mapping[str, Parameter]
    ) -> Sums:
        name = membership_name(population, indicators, period, parameters)

        def summed() -> Sums:
            members = membership_sql(population, indicators, period, parameters, SPARK)
            text = sums_sql(population, indicators, f"({members})", SPARK)
            return sums_of(indicators, self._session(ledger).sql(text).collect())

        return sums_elsewhere(ledger, name, summed)

    def forget(self, ledger: "Ledger") -> None:
        with self._lock:
            self._ready.pop(_key(ledger), None)

    def stop(self) -> None:
        """End the application, and with it its executors."""
        with self._lock:
            self._ready.clear()
            if self._started is not None:
                self._started.stop()
                self._started = None

    def _session(self, ledger: "Ledger") -> Any:
        """A session of its own for the ledger version, with a view a table."""
        with self._lock:
            if (key := _key(ledger)) not in self._ready:
                session = self._start().newSession()
                files = ledger.files()
                for contract in registry.contracts.values():
                    _view(session, contract, files.get(contract.table))
                self._ready[key] = session
                while len(self._ready) > _KEPT:
                    self._ready.popitem(last=False)
            self._ready.move_to_end(key)
            return self._ready[key]

    def _start(self) -> Any:
        if self._started is None:
            try:
                from pyspark.sql import SparkSession
            except ImportError:
                raise EngineError("没有安装 PySpark。请运行 pip install --require-hashes -r requirements/cluster.txt。") from None
            builder = SparkSession.builder.appName("taizhang").config("spark.ui.showConsoleProgress", "false")
            if self._master:
                builder = builder.master(self._master)
            try:
                self._started = builder.getOrCreate()
            except Exception as error:  # of Java, of the network: pyspark has no one class for them
                where = self._master or "spark-defaults.conf"
                raise EngineError(
                    f"不能启动 Spark（{where}）：{type(error).__name__}。请确认装有 Java 17，主节点地址正确且已启动。"
                ) from error
            # What it says of code it could not generate is no fault: it then evaluates without. A failed query raises.
            self._started.sparkContext.setLogLevel("OFF")
        return self._started


def _key(ledger: "Ledger") -> tuple[Path, int, str]:
    return ledger.folder, ledger.number, ledger.stamp(ledger.number) or ""


def _view(session: Any, contract: RecordContract, files: "TableFiles | None") -> None:
    """The table's present state, as ledger.reader has it for DuckDB: base rows whose key has no change, and each key's latest change that
    is not a deletion. The columns are the contract's; what a file lacks is missing."""
    columns = ", ".join(f"`{c.name}`" for c in contract.all_columns)
    shape = ", ".join(f"`{c.name}` {_TYPES[c.type]}" for c in contract.all_columns)
    selects = []
    if files is not None and files.changes:
        carried = f"{layout.VERSION} BIGINT, {layout.SEQUENCE} BIGINT, {layout.DELETED} BOOLEAN"
        changes = f"{contract.table}__changes"
        _read(session, f"{shape}, {carried}", files.changes).createOrReplaceTempView(changes)
        last = f"row_number() OVER (PARTITION BY id ORDER BY {layout.VERSION} DESC, {layout.SEQUENCE} DESC)"
        latest = f"SELECT *, {last} AS _place FROM {changes}"
        selects.append(f"SELECT {columns} FROM ({latest}) WHERE _place = 1 AND NOT {layout.DELETED}")
    if files is not None and files.base:
        base = f"{contract.table}__base"
        _read(session, shape, files.base).createOrReplaceTempView(base)
        untouched = f" WHERE NOT EXISTS (SELECT 1 FROM {changes} WHERE {changes}.id = {base}.id)" if files.changes else ""
        selects.append(f"SELECT {columns} FROM {base}{untouched}")
    if not selects:
        session.createDataFrame([], shape).createOrReplaceTempView(contract.table)
        return
    session.sql(" UNION ALL ".join(selects)).createOrReplaceTempView(contract.table)


def _read(session: Any, shape: str, files: Sequence[Path]) -> Any:
    return session.read.schema(shape).parquet(*(f"file://{file}" for file in files))
