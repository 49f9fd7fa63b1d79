"""Identity numbers 身份证号, health record numbers 健康档案编号, organisation credit codes; how they are checked, kept and shown.

An identity number is stored encrypted (AES-256-GCM) and found by a keyed hash (HMAC-SHA256): a plain hash of 18 digits could be
reversed by trying them all. Every other text that leaves the system shows a mask.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from taizhang.config.home import Home, current
from taizhang.kernel.refusals import Refusal

RESIDENT_IDENTITY_CARD = "01"
NO_DOCUMENT = ""  # a newborn, or someone whose papers are not at hand; never given an invented number

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_EARLIEST_YEAR = 1850


class IdentityError(Refusal, ValueError):
    """A number that cannot be one; the message says which part is wrong and never repeats the number."""


# -- identity numbers, GB 11643 ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A checked number of 18 positions, and the birth date and sex (GB/T 2261.1: 1 男, 2 女) it states."""

    number: str = field(repr=False)  # so that it cannot reach a log by way of a repr
    birth: date
    sex: str


def check_identity_number(text: str, *, day: date) -> IdentityNumber:
    """Check a citizen's identity number (GB 11643—1999) as of `day`. Full-width characters, spaces and a small x are understood; an old
    number of 15 digits is brought to 18. Raises IdentityError."""
    cleaned = "".join(text.split()).translate(_FULL_WIDTH).upper()
    if re.fullmatch(r"[1-9]\d{14}", cleaned):
        cleaned = upgrade(cleaned)
    if len(cleaned) != 18:
        raise IdentityError(f"身份证号应为18位，现为{len(cleaned)}位。请核对证件后重填。")
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", cleaned, re.ASCII):
        raise IdentityError("身份证号前17位应为数字、首位不为0，末位应为数字或X。请核对证件后重填。")
    try:
        birth = date(int(cleaned[6:10]), int(cleaned[10:12]), int(cleaned[12:14]))
    except ValueError:
        raise IdentityError("身份证号第7–14位不是真实存在的日期。请核对证件后重填。") from None
    if birth.year <= _EARLIEST_YEAR:
        raise IdentityError(f"身份证号中的出生年份早于{_EARLIEST_YEAR + 1}年。请核对证件后重填。")
    if birth > day:
        raise IdentityError(f"身份证号中的出生日期晚于{day}。请核对证件后重填。")
    if cleaned[17] != check_digit(cleaned[:17]):
        raise IdentityError("身份证号校验位不符，至少有一位写错。请核对证件后重填。")
    return IdentityNumber(cleaned, birth, "1" if int(cleaned[16]) % 2 else "2")


_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789XX")


def check_digit(first: str) -> str:
    """The 18th position that belongs to the first 17 (GB 11643—1999; ISO 7064 MOD 11-2)."""
    return _CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def upgrade(old: str) -> str:
    """The 18 positions of an old number of 15: the century put in, the check digit put on."""
    first = f"{old[:6]}19{old[6:]}"
    return first + check_digit(first)


# -- unified social credit codes, GB 32100 ------------------------------------------------------------------------------

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_credit_code(text: str) -> str:
    """A unified social credit code (GB 32100—2015), upper case. Raises IdentityError."""
    code = text.strip().upper()
    if len(code) != 18:
        raise IdentityError(f"统一社会信用代码应为18位，现为{len(code)}位。请核对登记证书后重填。")
    if strange := [c for c in code if c not in _CREDIT_ALPHABET]:
        raise IdentityError(f"统一社会信用代码不使用字符“{strange[0]}”（不用I、O、S、V、Z）。请核对登记证书后重填。")
    total = sum(_CREDIT_ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(code[:17]))
    if code[17] != _CREDIT_ALPHABET[(31 - total % 31) % 31]:
        raise IdentityError("统一社会信用代码校验位不符，至少有一位写错。请核对登记证书后重填。")
    return code


# -- health record numbers ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RecordNumber:
    """健康档案编号, 17 digits: county 6, township 3, village 3, serial within the village 5 (国家基本公共卫生服务规范)."""

    county: str
    town: str
    village: str
    serial: int

    @property
    def prefix(self) -> str:
        return self.county + self.town + self.village

    def __str__(self) -> str:
        return f"{self.prefix}{self.serial:05}"

    @property
    def short(self) -> str:
        """What the paper forms show: village-serial."""
        return f"{self.village}-{self.serial:05}"

    @classmethod
    def compose(cls, division: str, serial: int) -> "RecordNumber":
        """The number of the serial-th person of a village, from its statistical division code of 12 digits. Raises IdentityError."""
        if not re.fullmatch(r"\d{12}", division, re.ASCII):
            raise IdentityError(f"健康档案编号需要12位的村（居）委会区划代码，现为“{division}”。请核对。")
        if not 1 <= serial <= 99999:
            raise IdentityError(f"村内顺序号应在1至99999之间，现为{serial}。该村编号已用完时请联系局办公室。")
        return cls(division[:6], division[6:9], _village_part(division[9:]), serial)

    @classmethod
    def parse(cls, text: str) -> "RecordNumber":
        """Read 17 digits; spaces and hyphens between the parts are understood. Raises IdentityError."""
        cleaned = re.sub(r"[\s-]", "", text)
        if not re.fullmatch(r"\d{17}", cleaned, re.ASCII):
            raise IdentityError(f"健康档案编号应为17位数字，现为{len(cleaned)}位。请核对后重填。")
        if cleaned[12:] == "00000":
            raise IdentityError("健康档案编号的村内顺序号不能是00000。请核对后重填。")
        return cls(cleaned[:6], cleaned[6:9], cleaned[9:12], int(cleaned[12:]))


def _village_part(statistical: str) -> str:
    """The village part of a record number from that of the division code: the specification counts 001-099 居委会, 101-199 村委会,
    901-999 其他; statistics counts 001-199, 200-399, 400-599. What does not fit keeps its statistical number."""
    number = int(statistical)
    if 201 <= number <= 299:
        return f"{number - 100:03}"
    return f"{number + 500:03}" if 401 <= number <= 499 else statistical


# -- keeping and finding -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Vault:
    """Encrypts identity numbers and makes the keyed hash by which they are found."""

    identity_key: bytes = field(repr=False)
    lookup_key: bytes = field(repr=False)

    _VERSION = b"\x01"
    _PURPOSE = b"taizhang identity number"

    def encrypt(self, number: str) -> bytes:
        """Version byte, 12 bytes of nonce, ciphertext with tag. Two encryptions of one number differ."""
        nonce = secrets.token_bytes(12)
        return self._VERSION + nonce + AESGCM(self.identity_key).encrypt(nonce, number.encode(), self._PURPOSE)

    def decrypt(self, cipher: bytes) -> str:
        sealed = bytes(cipher)
        try:
            return AESGCM(self.identity_key).decrypt(sealed[1:13], sealed[13:], self._PURPOSE).decode()
        except (InvalidTag, ValueError):
            raise IdentityError("身份证号无法解密：密钥与数据不配套。请从密钥备份恢复 keys/identity.key。") from None

    def lookup(self, number: str, kind: str = RESIDENT_IDENTITY_CARD) -> str:
        """The search hash of a document's number, 64 hex digits."""
        return hmac.new(self.lookup_key, f"{kind}:{number}".encode(), hashlib.sha256).hexdigest()


def vault() -> Vault:
    """The vault of the home in force."""
    return _vault(current())


@lru_cache(maxsize=4)
def _vault(home: Home) -> Vault:
    return Vault(home.key("identity"), home.key("lookup"))


# -- masks ---------------------------------------------------------------------------------------------------------------

# Parted by spaces, so that no name matches across two of them.
_DOUBLE_SURNAMES = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 夏侯 轩辕 闻人 澹台 公冶 宗政 "
    "濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 呼延 南宫 独孤 端木 百里 东郭 赫连 万俟 拓跋"
)


def mask_name(name: str) -> str:
    """王小明 -> 王**, 王明 -> 王*, 欧阳小明 -> 欧阳**."""
    shown = 2 if len(name) > 2 and name[:2] in _DOUBLE_SURNAMES else 1
    return name[:shown] + "*" * max(len(name) - shown, 0)


def mask_phone(phone: str) -> str:
    """13812341234 -> 138****1234; a shorter number keeps its last two digits."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else "*" * max(len(phone) - 2, 0) + phone[-2:]


def mask_identity(number: str) -> str:
    """First 6 and last 4: 110105********002X."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) > 10 else "*" * len(number)
