"""A standalone Spark cluster on this machine: a master and two workers as processes of their own, on free ports."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

WORKERS = 2
HOST = "127.0.0.1"
# Small heaps, one core a worker. The county of the tests is small too: generating Java for a hundred queries over it, and compiling that to
# the last, would take longer than the queries.
_QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS = {
    "spark.driver.extraJavaOptions": _QUICK,
    "spark.executor.extraJavaOptions": _QUICK,
    "spark.ui.enabled": "false",
    "spark.driver.host": HOST,
    "spark.driver.bindAddress": HOST,
    "spark.driver.memory": "1g",
    "spark.executor.memory": "512m",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The master's address; the settings stand where the driver looks for them (SPARK_CONF_DIR). Everything started is stopped."""
    import pyspark

    home = Path(pyspark.__file__).parent
    configuration = folder / "conf"
    configuration.mkdir()
    (configuration / "spark-defaults.conf").write_text("".join(f"{name} {value}\n" for name, value in SETTINGS.items()))
    (configuration / "log4j2.properties").write_text("rootLogger.level = error\n")
    port = _free_port()
    master = f"spark://{HOST}:{port}"
    with ExitStack() as started:
        environment = {**os.environ, "SPARK_CONF_DIR": str(configuration), "SPARK_LOCAL_IP": HOST, "SPARK_DAEMON_MEMORY": "256m",
                       "SPARK_DAEMON_JAVA_OPTS": _QUICK}  # fmt: skip
        started.enter_context(_environment("SPARK_CONF_DIR", str(configuration)))
        started.enter_context(_environment("SPARK_LOCAL_IP", HOST))

        def start(name: str, *arguments: str) -> None:
            log = started.enter_context((folder / f"{name}.log").open("w"))
            command = [str(home / "bin" / "spark-class"), *arguments]
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
            started.callback(_stop, process)

        start("master", "org.apache.spark.deploy.master.Master", "--host", HOST, "--port", str(port), "--webui-port", "0")
        _wait_for(port, folder / "master.log")
        for number in range(WORKERS):
            work = folder / f"worker{number}"
            start(
                work.name, "org.apache.spark.deploy.worker.Worker", "--host", HOST, "--webui-port", "0", "--cores", "1", "--memory", "1g",
                "--work-dir", str(work), master,
            )  # fmt: skip
        yield master


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name) if before is None else os.environ.update({name: before})


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, log: Path) -> None:
    for _ in range(600):
        with socket.socket() as asked:
            if asked.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)  # a process of another program says nothing when it is ready
    raise RuntimeError(f"the master did not start: {log.read_text()[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
