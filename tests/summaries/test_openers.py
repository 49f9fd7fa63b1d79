"""When a section says its time, and in which words."""

from datetime import date

import pytest

from taizhang.kernel.periods import Period
from taizhang.kernel.text import Text
from taizhang.summaries.build import compose
from taizhang.summaries.document import Document, Paragraph, Part, Section, Sentence, Words
from taizhang.summaries.openers import varied

from . import sample


def told(period: str, *paragraphs: tuple[str, ...], origin: str = "line/summary.md:2", own: Period | None = None) -> list[str]:
    """The sentences of one section, after their times were looked at."""
    read = Period.parse(period)
    made = tuple(Paragraph(None, tuple(Sentence((Words(s),), (Words(s),), origin) for s in sentences)) for sentences in paragraphs)
    nothing = Text("题", "Title")
    document = Document(
        nothing, "990101", nothing, read, Paragraph(None, ()), (Part(nothing, (Section(nothing, made, chapter=2),)),), None, (), (), 1
    )
    return [s.text() for s in varied(document, {2: own} if own else None).sentences()]


FIVE = (("1—10月，全县讲座三次。",), ("1—10月，全县义诊四次。",), ("1—10月，全县培训五次。",), ("1—10月，全县检查六次。",))


def test_a_time_already_said_goes_unsaid_and_comes_back_in_other_words() -> None:
    assert told("2026-01..2026-10", *FIVE) == ["1—10月，全县讲座三次。", "全县义诊四次。", "今年以来，全县培训五次。", "全县检查六次。"]


def test_the_english_twin_is_left_as_it_is() -> None:
    read = Period.parse("2026-01..2026-10")
    made = tuple(Paragraph(None, (Sentence((Words("1—10月，甲。"),), (Words("January to October: a."),)),)) for _ in range(2))
    title = Text("题", "Title")
    document = Document(title, "990101", title, read, Paragraph(None, ()), (Part(title, (Section(title, made),)),), None, (), (), 1)
    assert [s.text("en") for s in varied(document).sentences()] == ["January to October: a."] * 2


def test_a_standing_count_after_a_count_of_the_period_always_names_its_day() -> None:
    last = ("截至12月底，在册六人。", "截至12月底，签约七人。")
    said = told("2026", ("全年，讲座三次。",), ("截至12月底，在管四人。",), ("全年，随访五次。",), last)
    assert said == ["全年，讲座三次。", "到12月底，在管四人。", "全年，随访五次。", "到12月底，在册六人。", "签约七人。"]


def test_a_time_within_a_sentence_is_the_one_in_mind() -> None:
    assert told("2026H1", ("截至6月底，在管四人；上半年随访五次。",), ("截至6月底，在册六人。",)) == [
        "截至6月底，在管四人；上半年随访五次。",
        "到6月底，在册六人。",
    ]


def test_what_people_wrote_stands_and_may_have_spoken_of_another_time() -> None:
    assert told("2026-06", ("6月，讲座三次。",), ("6月，义诊四次。",), origin="human: 3") == ["6月，讲座三次。", "6月，义诊四次。"]


@pytest.mark.parametrize(("period", "words"), [("2026Q3", "本季度"), ("2026-10", "当月"), ("2026", "一年来")])
def test_each_kind_of_period_has_another_name(period: str, words: str) -> None:
    from taizhang.summaries.wording import period_words

    name = period_words(Period.parse(period)).zh
    assert told(period, *((f"{name}，全县{n}。",) for n in "甲乙丙")) == [f"{name}，全县甲。", "全县乙。", f"{words}，全县丙。"]


def test_a_section_with_its_own_cutoff_says_its_own_days() -> None:
    own = Period.parse("2026H1").at(date(2026, 5, 20))
    said = told("2026H1", ("1月1日至5月20日，讲座三次。",), ("1月1日至5月20日，义诊四次。",), ("截至5月20日，在管五人。",), own=own)
    assert said == ["1月1日至5月20日，讲座三次。", "义诊四次。", "到5月20日，在管五人。"]


def test_no_more_than_one_figure_in_four_is_compared() -> None:
    document = compose(sample.figures(), sample.below(), sample.read_templates(), sample.registry())
    spans = document.spans()
    compared = [s for s in spans if s.part in ("points", "growth", "reference")]
    assert compared, "the sample compares"
    assert len(compared) * 4 <= len(spans)
