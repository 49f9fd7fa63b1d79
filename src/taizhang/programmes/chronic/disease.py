"""A chronic disease as its definitions need it: where it is specified, its two tables, its parameters."""

from dataclasses import dataclass

from taizhang.kernel.contracts import RecordContract
from taizhang.kernel.query.words import Expression, parameter
from taizhang.kernel.sources import Source

SPECIFICATION = "国家基本公共卫生服务规范（第三版）"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedDisease:
    """A disease whose patients are enrolled in a case (专档) and visited until the case is closed.

    code: the folder's name; the names of its indicators, checks, rules and parameters begin with it. chapter: its chapter of the
    document it is managed by. case, follow_up, screened: its ledger tables; no screened where nobody is screened for it by age.
    """

    code: str
    chapter: str
    case: RecordContract
    follow_up: RecordContract
    screened: RecordContract | None = None
    document: str = SPECIFICATION

    @property
    def screening(self) -> RecordContract:
        """The table of its screenings. Raises ValueError for a disease that nobody is screened for by age."""
        if self.screened is None:
            raise ValueError(f"{self.code} has no screenings. Declare its table as `screened`, or leave out what asks for it.")
        return self.screened

    @property
    def form(self) -> str:
        """The code of the form units report on where the records are kept elsewhere."""
        return f"{self.code}_management"

    def named(self, name: str) -> str:
        """The code of one of its indicators, checks, rules or parameters."""
        return f"{self.code}.{name}"

    def parameter(self, name: str) -> Expression:
        """One of its parameters, as a value of a definition."""
        return parameter(self.named(name))

    # Every chapter on a chronic disease has these clauses.

    @property
    def service_clause(self) -> Source:
        return self._clause("二、服务内容")

    @property
    def assessment_clause(self) -> Source:
        return self._clause("二、服务内容（二）随访评估")

    @property
    def classes_clause(self) -> Source:
        return self._clause("二、服务内容（三）分类干预")

    @property
    def examination_clause(self) -> Source:
        return self._clause("二、服务内容（四）健康体检")

    @property
    def indicators_clause(self) -> Source:
        return self._clause("五、工作指标")

    def _clause(self, clause: str) -> Source:
        return Source(self.document, f"{self.chapter} {clause}")
