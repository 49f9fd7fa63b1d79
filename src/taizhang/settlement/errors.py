"""What settlement refuses."""

from taizhang.kernel.refusals import Refusal


class SettlementError(Refusal, ValueError):
    """A price list, an assessment table, an advance or a settlement that cannot be; the message says why and what to do."""
