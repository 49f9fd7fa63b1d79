"""The checker: what it names, what it lets be, what it refuses; and how well, on the labelled set."""

import io
import json
import re
import sys
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))

from bench import textcheck as bench  # noqa: E402 - the checkout's own folder must be found first
from taizhang.textcheck.check import check  # noqa: E402
from taizhang.textcheck.files import LARGEST, read_bytes  # noqa: E402
from taizhang.textcheck.marked import marked  # noqa: E402
from taizhang.textcheck.model import Verdict  # noqa: E402
from taizhang.textcheck.refusals import TextRefused  # noqa: E402
from taizhang.textcheck.word import with_comments  # noqa: E402

WRONG = "应接种1000人，实接种952人，接种率92.5%。"
RECALL, PRECISION, SECONDS = 0.90, 0.97, 2.0


def verdicts(text: str) -> dict[str, str]:
    checked = check(text)
    return {checked.place(r.stated).quote: r.verdict.value for r in checked.relations}


@pytest.mark.parametrize(
    ("text", "stated", "verdict"),
    [
        (WRONG, "92.5%", "inconsistent"),
        ("应接种1000人，实接种952人，接种率95.2%。", "95.2%", "consistent"),
        ("发现问题146个，已整改131个，整改率89.72%。", "89.72%", "rounding"),
        ("登记1200人，应管理1000人，实管理952人，管理率79.33%。", "79.33%", "inconsistent"),
        ("6月报告120例，上月100例，去年同期150例，同比上升20%。", "20%", "inconsistent"),
        ("规范管理率由40%提高到50%，提高10%。", "10%", "inconsistent"),
        ("规范管理率由40%提高到50%，提高10个百分点。", "10个百分点", "consistent"),
        ("门诊收入由100万元增加到210万元，翻了一番。", "翻了一番", "consistent"),
        ("完成体检9520人，完成全年任务（10000人）的92.5%。", "92.5%", "inconsistent"),
        ("举办讲座951期，参加23687人次，平均每期24.9人次。", "24.9人次", "consistent"),
        ("共有职工500人，其中医生200人、护士250人、其他60人。", "500人", "inconsistent"),
        ("确定了4家试点单位，分别为县医院、中医院和妇幼保健院。", "4家", "inconsistent"),
        ("抓好四项活动：一是宣传；二是培训；三是督导。", "四项", "inconsistent"),
        ("我市22家乡镇卫生院全部达标。我市有乡镇卫生院26个。", "26个", "inconsistent"),
        ("孕产妇死亡1例，孕产妇死亡率10.92/10万；婴儿死亡30例，婴儿死亡率4.28‰。", "4.28‰", "inconsistent"),
        ("上半年接诊18600人次，下半年接诊20450人次，全年共接诊38050人次。", "38050人次", "inconsistent"),
    ],
)
def test_what_the_words_tie_together_is_judged(text: str, stated: str, verdict: str) -> None:
    assert verdicts(text)[stated] == verdict


@pytest.mark.parametrize(
    "text",
    [
        "随访患者860人，随访980人次。",
        "疟史病人及家属休治90人，其中网报疟史病人休治52人，休治率96.30%；病人家属扩大休治38人，休治率82.61%。",
        "城区居民签约5200人，签约率61.5%；乡镇居民签约3120人，签约率78.2%。",
        "报告病例1108例，较上月同期（970例）上升14.23%，较去年同期（2640例）下降58.03%。",
        "报告发病330例，较上月（225例）上升46.67%；无死亡，较上月同期（1例）下降100%。",
        "病名｜发病数\n总计｜1108\n甲乙类｜778\n肝炎｜247\n丙类合计｜330",
        "开展巡查4次，其中饮水0次、学校3次、采供血0次。",
        "开展监督检查298户次，其中甲类87户次、乙类69户次、丙类74户次、丁类62户次。",
        "居前五位的病种依次为甲、乙、丙、丁、戊。居前三位的病种依次为甲、乙、丙。",
        "基层机构97.3万个，其中：中心3.5万个，卫生院3.6万个，卫生室60.9万个，诊所26.3万个。",
        "上半年报告42例，去年上半年报告45例，全年报告98例。",
        "城东卫生院接诊8600人次，城西卫生院接诊8060人次。",
        "力争建档率达到90%以上，目前为88.6%。",
        "全县4家乡镇卫生院、22个村卫生室、3个社区卫生服务中心全部达标，达标率100%。",
        "应接种1000人，实接种980人，其中及时接种900人，及时接种率90%。",
        "补助标准为每人400元，共补助9156名，资金289.32万元。",
        "全县共有医疗机构30家。其中公共场所497户次、学校263户次。",
    ],
)
def test_what_only_looks_alike_is_let_be(text: str) -> None:
    assert check(text).is_consistent


@pytest.mark.parametrize("number", ["0", "1.0"])
def test_no_numbers_make_it_stumble(number: str) -> None:
    """Each labelled text with all its numbers replaced: nothing to divide by, everything alike."""
    for name, entry in bench.labelled():
        if name.startswith("round"):
            check(re.sub(r"\d+", number, entry["text"]))


@pytest.mark.parametrize(
    "text", ["覆盖率95%至2023年底实现全覆盖。", "约2.1.3节所述，接种率在5.0.0.0%—0.0.0.0%之间。", "达到95%以上至100%。"]
)
def test_words_that_only_look_like_a_range_are_words(text: str) -> None:
    assert check(text).is_consistent


def test_the_cause_is_told() -> None:
    [wrong] = check(WRONG).of(Verdict.INCONSISTENT)
    assert wrong.cause is not None
    assert "颠倒" in wrong.cause.zh
    assert wrong.recomputed == "95.2%"
    assert wrong.arithmetic == "952人÷1000人＝95.2%"


def test_the_json_points_into_the_text_as_read() -> None:
    text = "工作總結\n\n應接種１０００人，實接種９５２人，\n接種率９２．５％。"
    answer = check(text).as_json()
    [relation] = [r for r in answer["relations"] if r["verdict"] == "inconsistent"]
    assert set(relation) >= {"kind", "quote", "start", "end", "stated", "recomputed", "verdict", "operands", "message"}
    assert text[relation["start"] : relation["end"]] == relation["quote"] == "接種率９２．５％"
    assert relation["stated"] == "９２．５％"
    assert [text[o["start"] : o["end"]] for o in relation["operands"]] == ["９５２人", "１０００人"]
    assert json.loads(json.dumps(answer)) == answer


def test_the_marks_make_the_text_again() -> None:
    text = WRONG * 3
    assert "".join(m.text for m in marked(check(text))) == text


def test_aims_are_met_on_the_labelled_set() -> None:
    score = bench.scored()
    told = "\n".join(score.misses)
    assert score.recall >= RECALL, told
    assert score.precision >= PRECISION, told
    assert score.planted_found >= RECALL, told


def test_fifty_pages_take_two_seconds_and_time_grows_with_length() -> None:
    text = bench.long_text()
    check(WRONG)  # dictionaries are read once a process
    spent = []
    for piece in (text[: len(text) // 4], text):
        began = time.process_time()
        check(piece)
        spent.append(time.process_time() - began)
    assert spent[1] < SECONDS
    assert spent[1] < spent[0] * 12 + 0.2


@pytest.mark.parametrize(
    "text",
    [
        "应接种1000人，实接种952人，接种率92.5%。\n" * 2_000,
        "1" * 50_000 + "人占率",
        "（" * 20_000 + "率1%",
        "其中1人、" * 8_000 + "占5%",
        "率、" * 30_000 + "1%人",
        "%" * 50_000 + "人员总数",
    ],
    ids=["one line again and again", "digits", "brackets", "parts", "list marks", "signs"],
)
def test_no_text_makes_it_slow(text: str) -> None:
    began = time.process_time()
    check(text + "人民群众")
    assert time.process_time() - began < 10


# -- files ---------------------------------------------------------------------------------------------------------------------


def word_file(*paragraphs: str) -> bytes:
    docx = Document()
    for paragraph in paragraphs:
        docx.add_paragraph(paragraph)
    stream = io.BytesIO()
    docx.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_text_is_read_in_the_encodings_people_have(encoding: str) -> None:
    assert read_bytes(WRONG.encode(encoding)).text == WRONG


def test_a_word_file_gives_its_text_and_its_tables() -> None:
    docx = Document()
    docx.add_paragraph(WRONG)
    table = docx.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "合计", "1000人"
    stream = io.BytesIO()
    docx.save(stream)
    assert read_bytes(stream.getvalue()).text.split() == [WRONG, "合计", "1000人"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空"),
        (b" \n\t ", "空"),
        (b"x" * (LARGEST + 1), "10MB"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00" + bytes(range(256)) * 20, "编码"),
        (b"An ordinary English report with 95.2% in it.", "不是中文"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, ".doc"),
        (b"PK\x03\x04" + b"\x00" * 400, "损坏"),
        (word_file(WRONG)[:-3000], "损坏"),
        (word_file(""), "没有文字"),
        (b"%PDF-1.4\nnothing of a PDF", "PDF"),
        (b"{\\rtf1 text}", "RTF"),
    ],
    ids=["empty", "blank", "large", "binary", "english", "old word", "no archive", "cut off", "no words", "no pdf", "rtf"],
)
def test_what_cannot_be_checked_is_refused_with_the_reason(content: bytes, said: str) -> None:
    with pytest.raises(TextRefused) as refused:
        read_bytes(content)
    assert said in refused.value.text.zh
    assert refused.value.text.en


def pdf_file(*lines: str) -> bytes:
    """A one-page PDF with a text layer, written by hand: a composite font whose codes are UTF-16 and whose ToUnicode says so."""
    shown = b"\n".join(b"<" + line.encode("utf-16-be").hex().encode() + b"> Tj T*" for line in lines)
    page = b"BT /F1 12 Tf 16 TL 50 780 Td\n" + shown + b"\nET"
    unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Same def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(unicode), unicode),
    ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(made)


def test_a_pdf_with_a_text_layer_is_read_over_its_broken_lines() -> None:
    source = read_bytes(pdf_file("全县免疫规划工作情况汇报", "今年以来应接种１０００人，实接种952人，接种", "率92.5%。整改问题131个。"))
    [wrong] = check(source.text).of(Verdict.INCONSISTENT)
    assert (wrong.stated.text, wrong.recomputed) == ("92.5%", "95.2%")


def test_a_pdf_cut_off_is_refused() -> None:
    whole = pdf_file(WRONG)
    for length in range(20, len(whole) - 1200, 97):  # before its page has ended there is nothing to read
        with pytest.raises(TextRefused):
            read_bytes(whole[:length])


def test_a_scan_without_text_is_refused() -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(width=595, height=842)
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(TextRefused, match="扫描"):
        read_bytes(stream.getvalue())


def test_an_archive_that_unpacks_to_far_more_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (70 * 2**20))
    with pytest.raises(TextRefused, match="过大"):
        read_bytes(stream.getvalue())


def test_the_word_file_comes_back_with_a_comment_at_the_spot() -> None:
    content = word_file("前言。", WRONG)
    source = read_bytes(content)
    made = Document(io.BytesIO(with_comments(content, source, check(source.text))))
    [comment] = list(made.comments)
    assert "95.2%" in comment.text
    assert [p.text for p in made.paragraphs] == ["前言。", WRONG]
    [run] = [r for r in made.paragraphs[1].runs if r.text == "92.5%"]
    assert run._r.getprevious().tag.endswith("commentRangeStart")


def test_pasted_text_becomes_a_word_file_with_comments() -> None:
    source = read_bytes(WRONG.encode())
    made = Document(io.BytesIO(with_comments(None, source, check(source.text))))
    assert len(list(made.comments)) == 1
    assert made.paragraphs[0].text == WRONG
