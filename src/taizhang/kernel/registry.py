"""The registry: the one place that knows what the lines of work have declared.

A line of work is a package with any of the modules RECORDS and MODULES. Loading imports them in order and collects what they declare at
module level; no module registers itself. Every fault of every folder is reported at once.
"""

import importlib
import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from taizhang.kernel.checks import Check
from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.duties import Duty, UnitDuty
from taizhang.kernel.forms import Form
from taizhang.kernel.indicators import Cell, Indicator, Population
from taizhang.kernel.paper import PaperForm
from taizhang.kernel.parameters import Parameter, load_parameters, with_county_values
from taizhang.kernel.query import nodes
from taizhang.kernel.query.walking import contracts_of, parameters_of
from taizhang.kernel.refusals import Refusal
from taizhang.kernel.registers import Register
from taizhang.kernel.rules import EntryRule, Notice
from taizhang.kernel.text import Text

RECORDS = "records"  # of all lines of work before anything else of any: others may read what these hold
MODULES = ("rules", "indicators", "returns", "checks", "register", "duties", "paper")


class RegistryError(Refusal, ValueError):
    """Declarations that do not fit together, all listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """业务: a line of work. Declared as PROGRAMME in its package's __init__. code: the folder's name. order: its place in a
    summary. row: its row in docs/coverage.md. sensitive: counts only for all but its own staff. epidemic: what it says of a month is
    the month's 疫情概况. led_by: the kinds of county institution that lead it 牵头机构; their offices see it before other lines."""

    code: str
    name: Text
    order: int
    row: int
    sensitive: bool = False
    epidemic: bool = False
    led_by: tuple[str, ...] = ()
    folder: Path = field(default=Path(), compare=False)


@dataclass
class Registry:
    """What has been declared. Names are unique over the system."""

    programmes: dict[str, Programme] = field(default_factory=dict)
    contracts: dict[str, RecordContract] = field(default_factory=dict)
    populations: dict[str, Population] = field(default_factory=dict)
    indicators: dict[str, tuple[Indicator, ...]] = field(default_factory=dict)  # dated siblings by code, oldest first
    forms: dict[str, Form] = field(default_factory=dict)
    registers: dict[str, Register] = field(default_factory=dict)
    entry_rules: dict[str, list[EntryRule]] = field(default_factory=dict)  # by ledger table
    notices: dict[str, list[Notice]] = field(default_factory=dict)  # by ledger table
    duties: dict[str, Duty] = field(default_factory=dict)
    unit_duties: dict[str, UnitDuty] = field(default_factory=dict)
    papers: dict[str, PaperForm] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    _read_by: dict[str, tuple[Indicator | Check, frozenset[str]]] = field(default_factory=dict, repr=False)

    # -- asking --------------------------------------------------------------------------------------------------

    def indicator(self, code: str, day: date) -> Indicator | None:
        """The indicator of this code in force on `day`; None where none is. An unknown code raises RegistryError."""
        if code not in self.indicators:
            raise RegistryError(f"没有指标“{code}”。相近的有：{self._nearest(code)}；taizhang figures 列出全部。")
        for sibling in reversed(self.indicators[code]):
            if sibling.valid_from <= day and (sibling.valid_to is None or day <= sibling.valid_to):
                return sibling
        return None

    def indicators_on(self, day: date) -> list[Indicator]:
        """Every indicator in force on `day`, in the order of the lines of work, then as declared."""
        found = [i for code in self.indicators if (i := self.indicator(code, day)) is not None]
        return sorted(found, key=lambda i: self.programmes[i.programme].order if i.programme in self.programmes else 0)

    def form_named(self, written: str) -> Form | None:
        """The form a file names, by code or by its Chinese or English name."""
        return next((f for f in self.forms.values() if written.strip() in (f.code, f.name.zh, f.name.en)), None)

    def _nearest(self, code: str) -> str:
        import difflib

        return "、".join(difflib.get_close_matches(code, self.indicators, n=3, cutoff=0.3)) or "—"

    def owing(self, duty: str) -> dict[str, Text]:
        """The tables whose rows make this duty due too, each with what its people are then called."""
        return {table: who for table, contract in self.contracts.items() for code, who in contract.owed if code == duty}

    def serving(self) -> list[RecordContract]:
        """The tables whose rows are services that keep a health record in use."""
        return [contract for contract in self.contracts.values() if contract.served_on]

    # -- who may see persons ---------------------------------------------------------------------------------------

    def rights_for(self, declared: Indicator | Check | Duty | Register | Form) -> frozenset[str]:
        """The lines of work that a member of staff must treat to see the persons of this declaration: its own where that is sensitive, and
        those for whom a table or a return that it reads is kept."""
        programme = declared.code.partition(".")[0] if isinstance(declared, Check) else declared.programme
        own = self.programmes.get(programme)
        kept = {programme} if own is not None and own.sensitive else set()
        if isinstance(declared, (Register, Form)):
            kept.add(declared.sensitive_for)
        elif isinstance(declared, Duty):
            register = self.registers.get(declared.register)
            kept |= self.rights_for(register) if register is not None else set()
        else:
            kept |= self._kept_for(declared, programme)
        return frozenset(kept - {""})

    def _kept_for(self, declared: Indicator | Check, programme: str) -> frozenset[str]:
        """For whom the tables and returns are kept that this reads. Its trees are walked once: a page asks it of every figure."""
        known = self._read_by.get(declared.code)
        if known is None or known[0] is not declared:
            people, cells = declared.population, _cells(declared) if isinstance(declared, Indicator) else []
            kept = {contract.sensitive_for for contract in contracts_of(*_trees(declared)).values()}
            kept |= {self.forms[cell.form].sensitive_for for cell in cells if cell.form in self.forms}
            kept |= {programme} if people is not None and people.sensitive else set()
            known = self._read_by[declared.code] = (declared, frozenset(kept))
        return known[1]

    # -- filling -------------------------------------------------------------------------------------------------

    def load(self, packages: Iterable[str], *, county: Path | None = None) -> None:
        """Import the packages' declaring modules and take in what they declare. county: the folder with the values that the county itself
        states. Raises RegistryError with every fault, ParameterError for files of parameters."""
        faults: list[str] = []
        folders: list[Path] = []
        codes: dict[str, str] = {}
        for package in packages:
            root = importlib.import_module(package)
            folder = Path(root.__file__ or "").parent
            folders.append(folder / "parameters")
            programme = getattr(root, "PROGRAMME", None)
            codes[package] = programme.code if isinstance(programme, Programme) else ""
            if isinstance(programme, Programme):
                self.programmes[programme.code] = replace(programme, folder=folder)
        for package, names in (*((package, (RECORDS,)) for package in codes), *((package, MODULES) for package in codes)):
            for name in names:
                if importlib.util.find_spec(f"{package}.{name}") is not None:
                    self._collect(importlib.import_module(f"{package}.{name}"), codes[package], faults)
        self.parameters.update(load_parameters(folders))
        if county is not None:
            self.take_county_values(county)
        faults.extend(self._owed_too())
        faults.extend(self._dangling())
        if faults:
            raise RegistryError("Declarations do not fit together:\n  " + "\n  ".join(faults))

    def take_county_values(self, folder: Path) -> None:
        """Values of parameters that the county states for itself, over those shipped. Raises ParameterError."""
        self.parameters.update(with_county_values(self.parameters, folder))

    def _collect(self, module: ModuleType, programme: str, faults: list[str]) -> None:
        for declared in _declared_in(module):
            if isinstance(declared, RecordContract):
                self._add(self.contracts, declared.table, declared, faults)
            elif isinstance(declared, Population):
                self._add(self.populations, declared.name, declared, faults)
            elif isinstance(declared, Indicator):
                own = replace(declared, programme=declared.programme or programme)
                siblings = self.indicators.get(own.code, ())
                if own not in siblings:
                    if any(_overlap(own, other) for other in siblings):
                        faults.append(f"indicator {own.code} is declared twice for the same days ({module.__name__})")
                    self.indicators[own.code] = tuple(sorted((*siblings, own), key=lambda i: i.valid_from))
            elif isinstance(declared, Form):
                self._add(self.forms, declared.code, replace(declared, programme=programme), faults)
            elif isinstance(declared, Register):
                known = self.contracts.get(declared.table)
                kept_for = declared.sensitive_for or (known.sensitive_for if known else "")
                self._add(self.registers, declared.code, replace(declared, programme=programme, sensitive_for=kept_for), faults)
            elif isinstance(declared, EntryRule):
                _add_once(self.entry_rules.setdefault(declared.table, []), declared)
            elif isinstance(declared, Notice):
                _add_once(self.notices.setdefault(declared.table, []), declared)
            elif isinstance(declared, Duty):
                self._add(self.duties, declared.code, replace(declared, programme=programme), faults)
            elif isinstance(declared, UnitDuty):
                self._add(self.unit_duties, declared.code, replace(declared, programme=programme), faults)
            elif isinstance(declared, PaperForm):
                self._add(self.papers, declared.code, replace(declared, programme=programme), faults)
            elif isinstance(declared, Check):
                self._add(self.checks, declared.code, declared, faults)

    def _owed_too(self) -> list[str]:
        """Let every duty read the tables that make it due too."""
        faults = []
        for contract in self.contracts.values():
            for code, _ in contract.owed:
                duty = self.duties.get(code)
                if duty is None:
                    faults.append(f"table {contract.table} makes the duty {code} due, which is not declared")
                elif contract.table not in duty.reads:
                    self.duties[code] = replace(duty, reads=(*duty.reads, contract.table))
        return faults

    @staticmethod
    def _add(store: dict[str, Any], name: str, declared: Any, faults: list[str]) -> None:
        if name in store and store[name] != declared:
            faults.append(f"{type(declared).__name__} {name} is declared twice with different contents")
        store[name] = declared

    def _dangling(self) -> list[str]:
        faults = []
        for duty in self.duties.values():
            if duty.register not in self.registers:
                faults.append(f"duty {duty.code} is written down in the register {duty.register}, which is not declared")
            faults.extend(f"duty {duty.code} reads the table {t}, which is not declared" for t in duty.reads if t not in self.contracts)
            for table in duty.reads:
                kept_for = self.contracts[table].sensitive_for if table in self.contracts else ""
                if kept_for and kept_for not in self.rights_for(duty):
                    faults.append(f"duty {duty.code} reads {table}, which is kept for {kept_for}, and is written down in an open register")
        for paper in self.papers.values():
            register = self.registers.get(paper.register)
            if register is None:
                faults.append(f"paper form {paper.code} prints the register {paper.register}, which is not declared")
        for siblings in self.indicators.values():
            for indicator in siblings:
                for name in parameters_of(*_trees(indicator)):
                    if name not in self.parameters:
                        faults.append(f"indicator {indicator.code} uses the parameter {name}, which no file declares")
                for cell in _cells(indicator):
                    form = self.forms.get(cell.form)
                    if form is None:
                        faults.append(f"indicator {indicator.code} reads the form {cell.form}, which is not declared")
                    elif cell.element not in {e.code for e in form.elements}:
                        faults.append(f"indicator {indicator.code} reads element {cell.element}, which form {cell.form} does not have")
        return faults


def _trees(declared: Indicator | Check) -> list[nodes.Node]:
    """Everything that an indicator or check asks of the records."""
    people = declared.population
    asked: list[Any] = [declared.numerator, declared.denominator] if isinstance(declared, Indicator) else [declared.condition]
    if people is not None:
        asked += [people.condition, people.organisation, *(b.value for b in people.breakdowns)]
    trees: list[nodes.Node] = [n for n in asked if isinstance(n, nodes.Value)]
    return [*trees, people.rows] if people is not None and people.rows is not None else trees


def _cells(indicator: Indicator) -> list[Cell]:
    if indicator.reported is None:
        return []
    reported = indicator.reported
    return [c for c in (reported.numerator, reported.denominator, reported.rate) if isinstance(c, Cell)]


def _add_once(store: list[Any], declared: Any) -> None:
    if declared not in store:
        store.append(declared)


def _overlap(one: Indicator, other: Indicator) -> bool:
    last = date.max
    return one.valid_from <= (other.valid_to or last) and other.valid_from <= (one.valid_to or last)


def _declared_in(module: ModuleType) -> list[Any]:
    """What stands at module level: single declarations, and those in tuples or lists. Objects imported from elsewhere count too;
    taking one in twice changes nothing."""
    found: list[Any] = []
    for value in vars(module).values():
        if isinstance(value, (tuple, list)):
            found.extend(value)
        else:
            found.append(value)
    return found


registry = Registry()
