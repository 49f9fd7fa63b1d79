"""Numbers of people and organisations: what is one, what is not and why, how they are kept and shown."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from taizhang.county.identity import (
    IdentityError,
    RecordNumber,
    Vault,
    check_credit_code,
    check_digit,
    check_identity_number,
    mask_identity,
    mask_name,
    mask_phone,
    vault,
)

TODAY = date(2026, 6, 30)
# Classic published examples and numbers of an address that does not exist; nobody's.
CLASSIC = "11010519491231002X"
FICTITIOUS = "999999200002290019"


def test_a_number_states_birth_date_and_sex() -> None:
    found = check_identity_number(CLASSIC, day=TODAY)
    assert (found.birth, found.sex) == (date(1949, 12, 31), "2")
    leap = check_identity_number(FICTITIOUS, day=TODAY)
    assert (leap.birth, leap.sex) == (date(2000, 2, 29), "1")


@pytest.mark.parametrize("written", ["11010519491231002x", " 110105 19491231 002X ", "11010519491231002Ｘ", "110105491231002"])
def test_spellings_of_one_number_are_one_number(written: str) -> None:
    assert check_identity_number(written, day=TODAY).number == CLASSIC


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("1101051949123100", "身份证号应为18位，现为16位。请核对证件后重填。"),
        ("", "身份证号应为18位，现为0位。请核对证件后重填。"),
        ("01010519491231002X", "身份证号前17位应为数字、首位不为0，末位应为数字或X。请核对证件后重填。"),
        ("11010519491231A02X", "身份证号前17位应为数字、首位不为0，末位应为数字或X。请核对证件后重填。"),
        ("٣1010519491231002X", "身份证号前17位应为数字、首位不为0，末位应为数字或X。请核对证件后重填。"),
        ("11010519490230002x", "身份证号第7–14位不是真实存在的日期。请核对证件后重填。"),
        ("99999918500101001" + check_digit("99999918500101001"), "身份证号中的出生年份早于1851年。请核对证件后重填。"),
        ("99999920260701001" + check_digit("99999920260701001"), "身份证号中的出生日期晚于2026-06-30。请核对证件后重填。"),
        ("110105194912310020", "身份证号校验位不符，至少有一位写错。请核对证件后重填。"),
    ],
)
def test_what_is_no_number_and_why(written: str, message: str) -> None:
    with pytest.raises(IdentityError) as caught:
        check_identity_number(written, day=TODAY)
    assert str(caught.value) == message


@st.composite
def numbers(draw: st.DrawFn) -> str:
    birth = draw(st.dates(date(1900, 1, 1), TODAY))
    first = f"99{draw(st.integers(0, 9999)):04}{birth:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return first + check_digit(first)


@given(numbers())
def test_every_well_made_number_is_taken(number: str) -> None:
    found = check_identity_number(number, day=TODAY)
    assert found.number == number
    assert number[6:14] == f"{found.birth:%Y%m%d}"
    assert number not in repr(found)


@given(numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_position_is_always_noticed(number: str, place: int, written: str) -> None:
    assume(number[place] != written)
    with pytest.raises(IdentityError) as caught:
        check_identity_number(number[:place] + written + number[place + 1 :], day=TODAY)
    assert number not in str(caught.value)


@given(numbers(), st.integers(0, 16))
def test_two_neighbours_exchanged_are_noticed(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    with pytest.raises(IdentityError):
        check_identity_number(number[:place] + number[place + 1] + number[place] + number[place + 2 :], day=TODAY)


@given(numbers())
@settings(max_examples=20)
def test_a_kept_number_comes_back_and_two_keepings_differ(number: str) -> None:
    kept = Vault(b"i" * 32, b"l" * 32)
    sealed = kept.encrypt(number)
    assert kept.decrypt(sealed) == number
    assert sealed != kept.encrypt(number)
    assert number.encode() not in sealed
    assert kept.lookup(number) == kept.lookup(number)
    assert kept.lookup(number) != Vault(b"i" * 32, b"x" * 32).lookup(number)
    assert kept.lookup(number) != kept.lookup(number, kind="03")


def test_another_key_or_a_spoiled_cipher_opens_nothing() -> None:
    sealed = vault().encrypt(FICTITIOUS)
    for wrong in (Vault(b"x" * 32, b"x" * 32).decrypt, lambda cipher: vault().decrypt(cipher[:-1] + bytes([cipher[-1] ^ 1]))):
        with pytest.raises(IdentityError, match="身份证号无法解密：密钥与数据不配套。请从密钥备份恢复"):
            wrong(sealed)


def test_credit_codes() -> None:
    assert check_credit_code("12999999000123457y") == "12999999000123457Y"
    for wrong, message in (
        ("12999999000123457", "统一社会信用代码应为18位，现为17位。请核对登记证书后重填。"),
        ("1299999900012345IY", "统一社会信用代码不使用字符“I”（不用I、O、S、V、Z）。请核对登记证书后重填。"),
        ("12999999000123456Y", "统一社会信用代码校验位不符，至少有一位写错。请核对登记证书后重填。"),
    ):
        with pytest.raises(IdentityError) as caught:
            check_credit_code(wrong)
        assert str(caught.value) == message


def test_a_record_number_is_put_together_and_read() -> None:
    number = RecordNumber.compose("990101101201", 7)
    assert str(number) == "99010110110100007", "a village committee's 201 is 101 on the record"
    assert number.short == "101-00007"
    assert RecordNumber.parse("990101-101-101-00007") == number
    assert str(RecordNumber.compose("990101001003", 99999)) == "99010100100399999"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: RecordNumber.compose("990101101", 1), "健康档案编号需要12位的村（居）委会区划代码，现为“990101101”。请核对。"),
        (lambda: RecordNumber.compose("990101101201", 100000), "村内顺序号应在1至99999之间，现为100000。该村编号已用完时请联系局办公室。"),
        (lambda: RecordNumber.parse("9901011012010000"), "健康档案编号应为17位数字，现为16位。请核对后重填。"),
        (lambda: RecordNumber.parse("99010110120100000"), "健康档案编号的村内顺序号不能是00000。请核对后重填。"),
    ],
)
def test_what_is_no_record_number(make: object, message: str) -> None:
    with pytest.raises(IdentityError) as caught:
        make()  # type: ignore[operator]
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("masked", "expected"),
    [
        (mask_name("王小明"), "王**"),
        (mask_name("王明"), "王*"),
        (mask_name("欧阳小明"), "欧阳**"),
        (mask_name("欧阳"), "欧*"),
        (mask_name(""), ""),
        (mask_phone("13800001234"), "138****1234"),
        (mask_phone("8621234"), "*****34"),
        (mask_identity(CLASSIC), "110105********002X"),
        (mask_identity("G1234567"), "********"),
    ],
)
def test_masks(masked: str, expected: str) -> None:
    assert masked == expected
