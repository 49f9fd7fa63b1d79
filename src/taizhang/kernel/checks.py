"""Checks 疑点核查: data-quality and authenticity checks, each a small declaration with what to do about a hit."""

from dataclasses import dataclass
from enum import StrEnum

from taizhang.kernel.indicators import Population
from taizhang.kernel.query import nodes
from taizhang.kernel.text import Text


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Check:
    """A hit is a member of `population` meeting `condition`. explanation: what it may mean; remedy: what to do."""

    code: str
    name: Text
    severity: Severity
    population: Population
    condition: nodes.Value
    explanation: Text
    remedy: Text
