"""Text in the two languages of the system: what a bureau reads in Chinese, and its English twin."""

from dataclasses import dataclass

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in Chinese and in English. Both are required: a declaration without its twin fails on import."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh.strip() or not self.en.strip():
            raise ValueError(f"A text needs both languages; got zh={self.zh!r}, en={self.en!r}. Write the missing one.")

    def in_language(self, language: str) -> str:
        """The wording in `language` ("zh" or "en")."""
        if language not in LANGUAGES:
            raise ValueError(f"No language {language!r}; the system speaks {', '.join(LANGUAGES)}.")
        return self.zh if language == "zh" else self.en

    def __str__(self) -> str:
        return self.zh
