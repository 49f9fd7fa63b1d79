"""The county's price list 服务单价表: which work is paid, and what one of it costs in a year.

What a service pays is data (price_list/*.yaml; a file of the same name in HOME/price_list replaces it): an indicator's numerator, or the
records of a ledger table that meet a condition. Its price is the dated parameter settlement.price_<code>, in fen; a county states its
own, with the document that lays it down. One price holds for a whole year: the one in force on the cut-off.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from taizhang.config import home
from taizhang.kernel.contracts import ContractError, RecordContract
from taizhang.kernel.indicators import Attribution, Indicator, Population, TimeBase
from taizhang.kernel.parameters import Parameter, ParameterError, read_yaml
from taizhang.kernel.query.words import Expression, all_of, records
from taizhang.kernel.registry import registry
from taizhang.kernel.text import Text
from taizhang.settlement.errors import SettlementError

FOLDER = Path(__file__).parent / "price_list"
LIST = "basic_public_health"
# Numerators that say what was done; the others say how it stands against a rule, and a unit is not paid for that.
_WORK = (TimeBase.FLOW, TimeBase.STOCK)


@dataclass(frozen=True, slots=True)
class Service:
    """服务: work that is paid. population: whose members can be paid for. indicator: the code whose numerator is paid; empty where each
    member of the population is."""

    code: str
    programme: str
    name: Text
    unit: str
    population: Population
    indicator: str = ""

    @property
    def price_parameter(self) -> Parameter:
        return registry.parameters[f"settlement.price_{self.code}"]

    def price(self, day: date) -> int | None:
        """Fen for one, in the year of `day`; None where nothing is paid."""
        return self.price_parameter.at(day)

    def in_force(self, day: date) -> Indicator | None:
        """The indicator whose numerator is paid, as it is defined on `day`."""
        return registry.indicator(self.indicator, day) if self.indicator else None

    @property
    def table(self) -> str:
        """The ledger table of which each member is a row; empty where members are residents."""
        return self.population.rows.contract.table if self.population.rows is not None else ""


def services(name: str = LIST) -> tuple[Service, ...]:
    """The services of a price list. Raises SettlementError with every fault."""
    own = home.current().path / "price_list" / f"{name}.yaml"
    return read_services(own if own.is_file() else FOLDER / f"{name}.yaml")


def read_services(path: Path) -> tuple[Service, ...]:
    faults: list[str] = []
    found = []
    try:
        content = read_yaml(path) or {}
    except (OSError, ParameterError) as error:
        raise SettlementError(f"服务单价表 {path.name} 不能使用：{error}") from error
    for code, body in content.items():
        try:
            found.append(_service(str(code), body))
        except (SettlementError, ContractError) as error:
            faults.append(f"{code}：{error}")
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            faults.append(f"{code}：缺少或写错了 {error}")
    if faults:
        raise SettlementError(f"服务单价表 {path.name} 不能使用：\n  " + "\n  ".join(faults))
    return tuple(found)


def _service(code: str, body: Mapping[str, Any]) -> Service:
    if unknown := set(body) - {"programme", "name", "unit", "pays"}:
        raise SettlementError(f"不认识“{'、'.join(sorted(unknown))}”")
    if f"settlement.price_{code}" not in registry.parameters:
        raise SettlementError(f"没有单价参数 settlement.price_{code}，请先在参数文件里写明单价")
    pays, name = body["pays"], Text(body["name"]["zh"], body["name"]["en"])
    indicator = str(pays.get("indicator", ""))
    population = _of_indicator(indicator) if indicator else _of_table(code, name, pays)
    return Service(code, body["programme"], name, body["unit"], population, indicator)


def _of_indicator(code: str) -> Population:
    siblings = registry.indicators.get(code)
    if not siblings:
        raise SettlementError(f"没有指标“{code}”，请核对指标代码")
    last = siblings[-1]
    if last.population is None:
        raise SettlementError(f"指标“{last.name.zh}”只有报表数，没有可以逐条打开的记录，不能据以付费")
    if last.time_base not in _WORK:
        raise SettlementError(f"指标“{last.name.zh}”是{last.time_base.label.zh}的评价，不是所做的工作，不能据以付费")
    if last.places and not last.is_rate:
        raise SettlementError(f"指标“{last.name.zh}”带小数，不能按件付费")
    return last.population


def _of_table(code: str, name: Text, pays: Mapping[str, Any]) -> Population:
    contract = registry.contracts.get(str(pays["table"]))
    if contract is None:
        raise SettlementError(f"台账没有表“{pays['table']}”")
    rows = records(contract)
    conditions = [_column(contract, pays["day"]).in_period]
    for column, allowed in (pays.get("where") or {}).items():
        value = _column(contract, column)
        if isinstance(allowed, bool):
            conditions.append(value if allowed else ~value)
        else:
            conditions.append(value.is_in(*(allowed if isinstance(allowed, list) else [allowed])))
    return Population(
        name=f"paid_{code}", label=name, attribution=Attribution.SERVED_BY, rows=rows.where(all_of(*conditions)).node,
        organisation=_column(contract, pays.get("organisation", "organisation")).node,
        sensitive=contract.sensitive,
    )  # fmt: skip


def _column(contract: RecordContract, name: str) -> Expression:
    contract.column(name)
    return getattr(records(contract), name)  # type: ignore[no-any-return]
