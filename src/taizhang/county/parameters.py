"""Values of dated parameters that a county states for itself on a page; they stand in HOME/parameters beside files written by hand."""

import os
import shutil
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import yaml

from taizhang.config.home import Home
from taizhang.kernel.parameters import Parameter, ParameterError, load_parameters, read_yaml, with_county_values
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.sources import Source

FILE = "stated-on-pages.yaml"
_HEAD = "# 本文件由“管理—参数”页面写入。手工改动请另建文件。 Written by the parameters page; put values by hand into another file.\n"


class ValueRefused(Refusal, ValueError):
    """A value that cannot be stated; the message says why."""


def stated_in(home: Home, name: str) -> list[str]:
    """The files of the home that state values of this parameter."""
    return [path.name for path in sorted(home.parameters.glob("*.yaml")) if name in (read_yaml(path) or {})]


def stated_names(home: Home) -> set[str]:
    """The parameters for which the county states values of its own."""
    return {name for path in home.parameters.glob("*.yaml") for name in (read_yaml(path) or {})}


def state_value(home: Home, declared: dict[str, Parameter], name: str, since: date, value: int | None, source: Source) -> None:
    """The county's own value of a declared parameter from `since` on; None: no rule is in force from then. `source` becomes the parameter's
    source. Nothing is written unless the files of the home can still be used afterwards. Raises ValueRefused."""
    if name not in declared:
        raise ValueRefused(f"没有参数“{name}”。请从参数表进入。")
    elsewhere = [file for file in stated_in(home, name) if file != FILE]
    if elsewhere:
        raise ValueRefused(f"该参数的本县值写在 {elsewhere[0]} 里，请在那个文件中修改，以免两处不一致。")
    path = home.parameters / FILE
    content = (read_yaml(path) or {}) if path.exists() else {}
    values = dict(content.get(name, {}).get("values", {}))
    values[since] = value
    content[name] = {
        "source": {"document": source.document, "clause": source.clause, "verified": source.verified},
        "values": dict(sorted(values.items())),
    }
    text = _HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    with tempfile.TemporaryDirectory() as trial:
        if home.parameters.is_dir():
            shutil.copytree(home.parameters, trial, dirs_exist_ok=True)
        (Path(trial) / FILE).write_text(text, encoding="utf-8")
        try:
            with_county_values(declared, Path(trial))
        except ParameterError as error:
            raise ValueRefused(f"参数文件不能使用：{error}") from error
    home.parameters.mkdir(exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, path)


def in_force(home: Home, folders: Iterable[Path]) -> dict[str, Parameter]:
    """All parameters as files state them now: those shipped in `folders`, and the county's over them."""
    return with_county_values(load_parameters(folders), home.parameters)
