"""What the desk refuses."""

from collections.abc import Sequence

from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text


class DeskError(Refusal, ValueError):
    """A step the desk does not take. message: in both languages; reasons: each with place and cure, where there are several."""

    def __init__(self, message: Text, reasons: Sequence[Text] = ()) -> None:
        lines = "".join(f"\n  {reason.zh}" for reason in reasons)
        super().__init__(message.zh + lines)
        self.message = message
        self.reasons = tuple(reasons)
