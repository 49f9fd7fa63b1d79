"""Why a text cannot be checked."""

from taizhang.kernel.refusals import Refusal
from taizhang.kernel.text import Text


class TextRefused(Refusal, ValueError):
    """A file or text that cannot be checked; `text` says why and what to do. It never quotes the file."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text
