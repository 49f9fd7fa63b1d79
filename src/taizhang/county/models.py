"""Stored county: divisions, organisations, staff, households, residents; and the changes, reads and locks over all records."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from taizhang.kernel.text import Text


class DivisionLevel(models.TextChoices):
    COUNTY = "county", "县"
    TOWN = "town", "乡镇"
    VILLAGE = "village", "村"


class Division(models.Model):
    """行政区划: a statistical division. code has 6 (county), 9 (township) or 12 (village) digits; retired codes stay, with a last day."""

    code = models.CharField("统计用区划代码", max_length=12, primary_key=True)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("级别", max_length=10, choices=DivisionLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级")
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("停用日期", null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class OrganisationKind(models.TextChoices):
    """机构类别. One model with a kind, not a model per level."""

    BUREAU = "bureau", "卫生健康局"
    CDC = "cdc", "疾病预防控制中心"
    MCH_HOSPITAL = "mch", "妇幼保健院"
    INSPECTION = "inspection", "卫生监督所"
    INSURANCE_OFFICE = "insurance", "医保（新农合）办公室"
    HOSPITAL = "hospital", "县级医院"
    TOWNSHIP_HOSPITAL = "township_hospital", "乡镇卫生院"
    COMMUNITY_CENTRE = "community_centre", "社区卫生服务中心"
    VILLAGE_CLINIC = "village_clinic", "村卫生室"
    COMMUNITY_STATION = "community_station", "社区卫生服务站"


class Organisation(models.Model):
    """机构. The code is what people and files call it: the division code for those that serve a division (990101, 990101101,
    990101101201), the county code and a suffix for county-level institutions (990101-CDC)."""

    code = models.CharField("机构代码", max_length=24, primary_key=True)
    name = models.CharField("名称", max_length=80)
    name_en = models.CharField("英文名称", max_length=120)
    kind = models.CharField("类别", max_length=20, choices=OrganisationKind)
    division = models.ForeignKey(Division, models.PROTECT, verbose_name="所在区划")
    opened_on = models.DateField("成立日期", null=True, blank=True)
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> Text:
        return Text(self.name, self.name_en)


class OrganisationLink(models.Model):
    """隶属关系: under which organisation another stands, from day to day. A merger closes one link and opens the next, so that
    figures of both years can be laid over the tree of either."""

    child = models.ForeignKey(Organisation, models.PROTECT, related_name="parent_links", verbose_name="下级")
    parent = models.ForeignKey(Organisation, models.PROTECT, related_name="child_links", verbose_name="上级")
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "valid_from"], name="one_parent_from_a_day")]


class Role(models.TextChoices):
    """岗位: what someone does; scopes say where."""

    VILLAGE_DOCTOR = "village_doctor", "村医"
    TOWNSHIP_OFFICE = "township_office", "卫生院公卫科"
    LINE_OFFICE = "line_office", "县级业务机构"
    BUREAU_OFFICE = "bureau_office", "局办公室"
    LEADER = "leader", "局领导"
    ADMINISTRATOR = "administrator", "系统管理员"


class StaffManager(BaseUserManager["Staff"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Staff":
        staff = self.model(username=username, **fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff


class Staff(AbstractBaseUser):
    """人员: someone who signs in. Passwords are kept as argon2 hashes."""

    username = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="staff", verbose_name="所在机构")
    role = models.CharField("岗位", max_length=20, choices=Role)
    phone = models.CharField("电话", max_length=20, blank=True)
    is_active = models.BooleanField("在用", default=True)
    # Lines of work whose persons this member of staff treats, comma-joined; sensitive lines open to nobody else.
    treats = models.CharField("诊疗的敏感业务", max_length=200, blank=True)

    objects = StaffManager()
    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.name


class FirstPassword(models.Model):
    """首次密码: this account's password was drawn for it and has been on paper. Whoever signs in with it chooses another first."""

    staff = models.OneToOneField(Staff, models.CASCADE, primary_key=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)


class ScopeGrant(models.Model):
    """权限范围: over which organisation (and all below it) someone may write, view or search persons."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="scopes")
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    may_write = models.BooleanField("可录入", default=False)
    may_view = models.BooleanField("可查看", default=True)
    may_search = models.BooleanField("可检索", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "organisation"], name="one_grant_a_place")]


class Household(models.Model):
    """家庭."""

    division = models.ForeignKey(Division, models.PROTECT, verbose_name="村（居）委会")
    number = models.CharField("户编号", max_length=24, unique=True)
    address = models.CharField("住址", max_length=120, blank=True)


class Resident(models.Model):
    """居民. The identity number is stored encrypted and found by a keyed hash; name and phone are shown masked in lists.

    sex: GB/T 2261.1 (0 未知 1 男 2 女 9 未说明). registration: 1 户籍, 2 非户籍. record_number: the 17-digit 健康档案编号, given
    once and never reused. initials: first letters of the name's pinyin, for searching.
    """

    name = models.CharField("姓名", max_length=40)
    initials = models.CharField("姓名拼音首字母", max_length=20, db_index=True)
    sex = models.CharField("性别", max_length=1)
    birth_date = models.DateField("出生日期")
    identity_kind = models.CharField("证件类型", max_length=2, default="01")
    identity_cipher = models.BinaryField("证件号（密文）", null=True)
    identity_hash = models.CharField("证件号检索值", max_length=64, null=True, unique=True)
    identity_tail = models.CharField("证件号末四位", max_length=4, blank=True)
    record_number = models.CharField("健康档案编号", max_length=17, unique=True, null=True)
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="residents", verbose_name="家庭")
    relation = models.CharField("与户主关系", max_length=2, blank=True)
    registration = models.CharField("户籍类型", max_length=1, default="1")
    phone = models.CharField("本人电话", max_length=20, blank=True)
    died_on = models.DateField("死亡日期", null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["name"], name="resident_name_begins", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["phone"], name="resident_phone"),
        ]


class RecordNumberSeries(models.Model):
    """健康档案编号的村内顺序号: the last one given in a village, kept so that none is given twice even after its bearer is deleted.
    prefix: the first 12 digits."""

    prefix = models.CharField(max_length=12, primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Residency(models.Model):
    """居住与管理: a resident lives in the area of an organisation from one day to another (ended_on is the last day there)."""

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="residencies")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="管理机构")
    started_on = models.DateField("迁入日期")
    ended_on = models.DateField("迁出日期", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resident", "started_on"], name="one_residency_from_a_day")]


class PopulationCount(models.Model):
    """人口数: a named, dated, sourced series, such as the statistics bureau's resident population at the end of a year."""

    series = models.CharField("口径", max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    as_of = models.DateField("时点")
    value = models.BigIntegerField("人数")
    source = models.CharField("来源", max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "organisation", "as_of"], name="one_count_a_day")]


PLACE_TABLES = ("county_organisation", "county_organisationlink")  # what the tree of organisations is made of


class Change(models.Model):
    """变更: one written row, caught by a trigger: outbox to the ledger, history and write audit in one. taken: the ledger version
    that holds it; null while it waits. Consumed as a queue, because numbers are drawn before the commit."""

    table = models.CharField(max_length=60)  # the database table
    row = models.BigIntegerField()  # the row's whole-number key; 0 where the key is a text
    key = models.CharField(max_length=40, default="", db_default="", blank=True)  # a key that is a text: an organisation's code
    operation = models.CharField(max_length=1)  # I, U or D
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()
    old = models.JSONField(null=True)  # values before an update or deletion
    taken = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["table", "row", "key"], name="change_row"),
            models.Index(fields=["id"], condition=models.Q(taken__isnull=True), name="change_waiting"),
            models.Index(fields=["id", "at"], condition=models.Q(table__in=PLACE_TABLES), name="change_of_places"),
        ]


class AuditEntry(models.Model):
    """审计: who read what, and other acts that leave no changed row: signing in, opening a person, listing, exporting."""

    at = models.DateTimeField(auto_now_add=True)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True)
    action = models.CharField(max_length=30)
    resident = models.BigIntegerField(null=True, db_index=True)
    detail = models.JSONField(default=dict)  # the filter and count of a list, the file of an export; never a person's values

    class Meta:
        indexes = [models.Index(fields=["at"], name="audit_at")]


class PeriodLock(models.Model):
    """锁定: records dated in these days can no longer be written, because figures of the period were accepted."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    start = models.DateField()
    end = models.DateField()
    reason = models.CharField(max_length=120)
    locked_by = models.ForeignKey(Staff, models.PROTECT, null=True)
    locked_at = models.DateTimeField(auto_now_add=True)


class DuplicatePair(models.Model):
    """疑似重复: two residents who may be one person, found and not yet decided on. score: as county.duplicates weighs them, of 100.
    reasons: codes of what agrees, comma-joined. `first` has the lower key."""

    first = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    second = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField("相似度")
    reasons = models.CharField("依据", max_length=80)
    found_on = models.DateField("发现日期")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_duplicate_pair")]
        indexes = [models.Index(fields=["-score", "id"], name="duplicate_by_score")]


class DuplicateDecision(models.Model):
    """重复判定: what somebody decided of two residents, by key (one of them may be gone); who has been decided on is never asked again."""

    first = models.BigIntegerField()
    second = models.BigIntegerField()
    same = models.BooleanField("同一人")
    reason = models.CharField("理由", max_length=200, blank=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True)
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_decision_a_pair")]


class Merge(models.Model):
    """合并: the resident `gone` was taken into `kept`. journal: every row of both before and after, by which un-merging restores them."""

    kept = models.BigIntegerField(db_index=True)
    gone = models.BigIntegerField(db_index=True)
    reason = models.CharField("理由", max_length=200)
    merged_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    merged_at = models.DateTimeField(auto_now_add=True)
    journal = models.JSONField()
    undone_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)


class FormerNumber(models.Model):
    """曾用编号: a number of a resident who was merged into this one; it still finds the person. kind: "record" (健康档案编号) or
    "document" (the keyed hash of an identity document)."""

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="former_numbers")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=64)
    merge = models.ForeignKey(Merge, models.CASCADE, related_name="numbers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="one_former_number")]
