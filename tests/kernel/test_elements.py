"""Data elements: what may be written, what is stored, what is shown, and what a refusal says."""

import pytest

from taizhang.kernel.elements import ElementError, coded, number, words, yes_no

SUGAR = number("sugar", "空腹血糖", "Fasting sugar", "mmol/L", "1.0", "33.3", places=1)
WAY = coded("way", "随访方式", "Way", {"1": ("门诊", "Clinic"), "2": ("家庭", "Home"), "3": ("电话", "Telephone")})
SIGNS = coded("signs", "症状", "Signs", {"1": ("无症状", "None"), "2": ("头痛", "Headache"), "3": ("恶心", "Nausea")}, several=True)
SMOKES = yes_no("smokes", "吸烟", "Smokes")


@pytest.mark.parametrize(("written", "stored"), [("7.0", 70), ("7", 70), (" 7.1 ", 71), ("33.3", 333), ("1", 10)])
def test_a_number_is_stored_in_its_last_place(written, stored):
    assert SUGAR.parse(written) == stored
    assert SUGAR.show(stored) == str(stored / 10)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("七", "空腹血糖应填数字，现为“七”。"),
        ("nan", "空腹血糖应填数字，现为“nan”。"),
        ("Infinity", "空腹血糖应填数字，现为“Infinity”。"),
        ("7.05", "空腹血糖最多保留1位小数，现为7.05。"),
        ("33.4", "空腹血糖33.4mmol/L超出合理范围1.0–33.3mmol/L，请核对后重填。"),
        ("0.9", "空腹血糖0.9mmol/L超出合理范围1.0–33.3mmol/L，请核对后重填。"),
    ],
)
def test_a_wrong_number_is_refused_with_what_is_allowed(written, message):
    with pytest.raises(ElementError) as refusal:
        SUGAR.parse(written)
    assert str(refusal.value) == message


def test_a_dose_is_told_without_noughts_and_a_measurement_with_them() -> None:
    dose = number("dose", "剂量", "Dose", "mg", "0", "5000", places=2, short=True)
    assert [dose.show(stored) for stored in (500, 250, 0, 50000, None)] == ["5", "2.5", "0", "500", ""]
    assert number("glucose", "血糖", "Glucose", "mmol/L", "1", "40", places=1).show(70) == "7.0"


def test_a_code_is_written_by_code_or_by_either_wording():
    assert [WAY.parse(text) for text in ("1", "门诊", "Clinic", " 家庭 ")] == ["1", "1", "1", "2"]
    assert (WAY.show("3"), WAY.show("3", "en"), WAY.show(None)) == ("电话", "Telephone", "")
    with pytest.raises(ElementError) as refusal:
        WAY.parse("信件")
    assert str(refusal.value) == "随访方式没有“信件”这一项，可填：1 门诊、2 家庭、3 电话。"


def test_several_codes_are_stored_in_the_order_of_the_form():
    assert SIGNS.parse("恶心、头痛") == "2,3"
    assert SIGNS.parse("3，2") == "2,3"
    assert SIGNS.show("2,3", "en") == "Headache, Nausea"


def test_yes_and_no():
    assert [SMOKES.parse(text) for text in ("是", "Yes", "1", "否", "no", "2")] == [True, True, True, False, False, False]
    assert (SMOKES.show(False), SMOKES.show(True, "en")) == ("否", "yes")
    with pytest.raises(ElementError, match="吸烟应填“是”或“否”，现为“也许”。"):
        SMOKES.parse("也许")


def test_text_is_kept_without_blanks_around_it():
    assert words("note", "备注", "Note").parse(" 无 ") == "无"
