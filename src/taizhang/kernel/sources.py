"""Where a rule comes from: the document and clause that every indicator, parameter and form names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A document and the clause in it.

    verified is True once someone has read the official text; False prints as 未核对 wherever the source is shown, and is
    how a rule taken from a secondary copy or from memory stays visible.
    """

    document: str
    clause: str = ""
    verified: bool = False

    def __post_init__(self) -> None:
        if not self.document.strip() or self.document.strip().lower() in {"n/a", "none", "无"}:
            raise ValueError("A source names its document; 'n/a' does not pass. Cite the regulation, form or decision.")

    def __str__(self) -> str:
        return f"{self.document}{self.clause}{'' if self.verified else '（未核对）'}"
