"""The press prints what stands on the sheets: all of it, by the letter, and the same each time."""

import io
import os
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from dispatch.adapters import press
from dispatch.adapters.press import Press, TypeMissing
from dispatch.domain.breaches import Code
from dispatch.domain.prints import Language, Part, Print
from dispatch.domain.sheets import Box, Cited, Entry, Note, Sheet
from dispatch.domain.unable import Decision
from dispatch.domain.work_order_states import Source, State
from dispatch.settings import Settings
from plain_type import ASCII, plain_type
from shared.rules import Because
from shared.words import words_of

PRINTED = datetime(2026, 2, 13, 9, 0, tzinfo=UTC)
LINK = "https://care.example/dispatch/v1/sign-off#k7Qm2WbXr9Tz4LpNc6Vd8HsJ3Gf5AyEu"
DEBIAN = next(one.default for one in [Settings.__dataclass_fields__["font_paths"]])
INJECTED = '#read("/etc/passwd") #import "@preview/x:1.0.0" *b* $x$ `r` <l> @l // \\ = ]] {}'
FIELDS = ("category", "place", "content", "requirements", "remarks")
# Where changes are checked the type is installed, and its absence is a failure.
has_chinese_type = pytest.mark.skipif(
    not os.path.isdir(DEBIAN) and not os.environ.get("CI"),
    reason="fonts-noto-cjk (Debian) is not installed",
)


@pytest.fixture(scope="module")
def boxes(tmp_path_factory):
    """A press that needs no font of the machine."""
    return Press(str(plain_type(tmp_path_factory.mktemp("type"))))


@pytest.fixture(scope="module")
def chinese():
    """A press with the type of Debian."""
    return Press(DEBIAN)


def sheet(part=Part.STUB, **fields):
    given = {"category": "维修", "place": "3号楼2门", "content": "门锁关不上"}
    given |= {"requirements": "换同品牌的锁", "remarks": "已换锁，试用正常"}
    given |= {name: fields.pop(name) for name in FIELDS if name in fields}
    entries = (
        Entry(name="source", value=Source.MANUAL, coded=True),
        Entry(name="dispatcher_id", value="李调度", mandatory=True),
        Entry(name="receiver_id", value="张三", mandatory=True),
        Entry(name="receiver_role", value="repair_worker", coded=True),
        Entry(name="issued_at", value="2026-02-13 17:00"),
        Entry(name="reply_due_at", value="2026-02-14 18:30", mandatory=True),
        Entry(name="accepted_at", value="2026-02-13 17:05"),
        Entry(name="completed_at", value=None),
        *(Entry(name=name, value=value, mandatory=True) for name, value in given.items()),
    )
    return Sheet(
        **{
            "part": part,
            "copy_no": 1,
            "order_no": "dispatch-centre-000007",
            "state": State.COMPLETED,
            "unit": "调度中心",
            "zone": "Asia/Shanghai",
            "printed_at": "2026-02-13 17:10",
            "printed_by": "王主管",
            "entries": entries,
            "boxes": (
                Box(field="acceptance", name="张三", at="2026-02-13 17:06"),
                Box(field="client_signature", name="赵**", at="2026-02-14 09:12"),
                Box(field="dispatcher_signature"),
                Box(field="archive"),
            ),
            "notes": (
                Note(kind="progress_report", at="2026-02-13 18:00", by="张三", text="配件在路上"),
            ),
            "omitted": 0,
            "cited": (
                Cited(subject="completing", clause="001-P5 L290", article="8a"),
                Cited(subject="daily_check", clause="001-P5 L294", article="8b"),
            ),
            "regulation": "Use of work orders",
            "owner": "客户服务部",
            "link": LINK if part is Part.COPY else None,
            **fields,
        }
    )


def printed(sheet, language=Language.CHINESE):
    return Print(
        id=UUID(int=1),
        work_order_id=UUID(int=2),
        number=1,
        part=Part(sheet.part),
        copy_no=sheet.copy_no,
        language=language,
        printed_at=PRINTED,
        printed_by=UUID(int=3),
        digest="0123456789abcdef" * 4,
        because=Because(pack="property", version="1", clause="001-P5 L270", rule="WO-02"),
        sheet=sheet,
    )


def pages_of(press, *sheets, language=Language.CHINESE):
    pdf = press.print([printed(one, language) for one in sheets])
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def text_of(press, *sheets, language=Language.CHINESE):
    """All that is printed, without the blanks by which lines and columns are told apart."""
    pages = pages_of(press, *sheets, language=language)
    return "".join(unicodedata.normalize("NFKC", "".join("".join(pages).split())))


def close(text):
    return unicodedata.normalize("NFKC", "".join(text.split()))


def seen_codes(press, *sheets):
    """What a scanner reads on the first page."""
    document = press.compiler([printed(one) for one in sheets]).compile(format="png", ppi=150)
    first = document if isinstance(document, bytes) else document[0]
    return [one.text for one in zxingcpp.read_barcodes(Image.open(io.BytesIO(first)))]


@has_chinese_type
@pytest.mark.rule("WO-02")
def test_both_parts_stand_on_one_page_with_every_field(chinese):
    [text] = pages_of(chinese, sheet(), sheet(Part.COPY, copy_no=2))
    said = close(text)

    for wanted in ("存根联", "执行联", "正本", "副本2", "编号dispatch-centre-000007"):
        assert close(wanted) in said
    for label in ("派单人", "任务地点", "工作内容", "工作要求", "要求回复时间", "接单人签名"):
        assert said.count(label) >= 2
    for label in ("接单日期（精确到分钟）", "备注（处理过程及结果）", "调度员签字确认", "存档"):
        assert close(label) in said
    for value in ("李调度", "张三", "3号楼2门", "门锁关不上", "换同品牌的锁", "已换锁,试用正常"):
        assert said.count(value) >= 2
    for value in ("2026-02-1418:30", "2026-02-1317:06", "赵**", "维修工", "配件在路上", "必填"):
        assert said.count(value) >= 2
    assert "0123456789abcdef" in said


@has_chinese_type
@pytest.mark.rule("WO-20", "WO-21")
def test_articles_and_owner_of_the_regulation_are_printed(chinese):
    said = text_of(chinese, sheet())
    assert "第8a条,001-P5L290" in said
    assert "第8b条,001-P5L294" in said
    assert "解释部门:客户服务部" in said
    english = text_of(chinese, sheet(), language=Language.ENGLISH)
    assert "Article8a" in english
    assert "Interpretedby:客户服务部" in english


@has_chinese_type
def test_the_form_is_printed_in_english(chinese):
    said = text_of(chinese, sheet(), sheet(Part.COPY), language=Language.ENGLISH)
    for wanted in ("Stub", "Executor'scopy", "Placeofthetask*3号楼2门", "Page1of1"):
        assert wanted in said


@has_chinese_type
@pytest.mark.rule("WO-02")
def test_the_client_signs_by_the_code_on_the_executors_copy(chinese):
    assert seen_codes(chinese, sheet(Part.COPY)) == [LINK]
    assert seen_codes(chinese, sheet(), sheet(Part.COPY)) == [LINK]
    assert seen_codes(chinese, sheet()) == []


@has_chinese_type
def test_a_cancelled_order_says_so(chinese):
    assert "已取消(作废)" in text_of(chinese, sheet(state=State.CANCELLED))
    assert "作废" not in text_of(chinese, sheet())


@has_chinese_type
def test_a_long_text_flows_to_further_pages_without_loss(chinese):
    sentences = [f"第{number:04}句，" for number in range(1_500)]
    content = "".join(sentences)
    assert len(content) == 10_500
    pages = pages_of(chinese, sheet(content=content, remarks=None), sheet(Part.COPY))

    assert len(pages) > 3
    assert f"第{len(pages)}页" in close(pages[-1])
    said = close("".join(pages))
    assert [one for one in sentences if close(one) not in said] == []
    assert "执行联" in close(pages[-1])


@has_chinese_type
def test_a_document_brings_its_type_along(chinese):
    pdf = PdfReader(io.BytesIO(chinese.print([printed(sheet())])))
    fonts = [one.get_object() for one in pdf.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        [inner] = font["/DescendantFonts"]
        about = inner.get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(about)
        assert "+" in font["/BaseFont"]  # a subset


@has_chinese_type
@pytest.mark.parametrize("field", FIELDS)
def test_a_command_to_the_press_is_printed_and_not_carried_out(chinese, field):
    said = text_of(chinese, sheet(**{field: INJECTED}))
    assert close(INJECTED) in said
    assert "root:" not in said


@has_chinese_type
def test_a_command_in_names_and_notes_is_printed_as_well(chinese):
    note = Note(kind=INJECTED, at=INJECTED, by=INJECTED, text=INJECTED, code=INJECTED)
    boxes = (Box(field="acceptance", name=INJECTED, at=INJECTED),)
    given = {"unit": INJECTED, "owner": INJECTED, "printed_by": INJECTED, "order_no": INJECTED}
    said = text_of(chinese, sheet(notes=(note,), boxes=boxes, **given))
    # Number twice in the head and the foot, what is said in the note, the box and the rest.
    assert said.count(close(INJECTED)) == 12


@has_chinese_type
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x07b", "a[U+0007]b"),
        ("a\x1b[31mb", "a[U+001B][31mb"),
        ("锁😀", "锁[U+1F600]"),
        ("שלום", "[U+05E9][U+05DC][U+05D5][U+05DD]"),
        ("1\u202e2", "1[U+202E]2"),
        ("\u200f", "[U+200F]"),
    ],
)
def test_what_the_type_does_not_have_is_printed_by_its_number(chinese, text, shown):
    assert shown in text_of(chinese, sheet(content=text))


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_is_printed(boxes, text):
    """Where a character had no sign, or the press took a text for a command, it would fail."""
    assert boxes.print([printed(sheet(content=text, remarks=text))]).startswith(b"%PDF-")


@has_chinese_type
@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_is_printed_in_chinese_type(chinese, text):
    note = Note(kind="decision", at=text, by=text, text=text)
    assert chinese.print([printed(sheet(place=text, notes=(note,)))]).startswith(b"%PDF-")


@pytest.mark.rule("WO-02")
def test_the_same_sheets_give_the_same_bytes(boxes, tmp_path):
    sheets = [printed(sheet()), printed(sheet(Part.COPY))]
    first = boxes.print(sheets)
    assert first == boxes.print(sheets)
    assert first == Press(str(plain_type(tmp_path))).print(sheets)
    assert first != boxes.print([printed(sheet(place="4号楼")), sheets[1]])


def test_the_press_warns_of_nothing(boxes):
    sheets = [printed(sheet()), printed(sheet(Part.COPY))]
    _, warnings = boxes.compiler(sheets).compile_with_warnings(format="pdf")
    assert warnings == []


@pytest.mark.parametrize("characters", [(), tuple(ASCII)])
def test_without_type_nothing_is_printed_and_it_is_said_why(tmp_path, characters):
    if characters:
        plain_type(tmp_path, characters=characters)
    press = Press(str(tmp_path))
    with pytest.raises(TypeMissing) as refused:
        press.print([printed(sheet())])
    assert (refused.value.code, refused.value.status) == ("type_missing", 503)


def test_type_that_is_installed_later_is_found(tmp_path):
    press = Press(str(tmp_path))
    with pytest.raises(TypeMissing):
        press.check()
    plain_type(tmp_path)
    press.check()


def test_a_file_that_is_no_font_does_not_stop_the_press(tmp_path):
    plain_type(tmp_path)
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0 no font at all")
    Press(os.pathsep.join((str(tmp_path / "none"), str(tmp_path)))).check()


def test_a_press_without_type_warns_at_once(tmp_path, caplog):
    Press(str(tmp_path))
    assert [one.message for one in caplog.records] == ["type_missing"]


@pytest.mark.parametrize("language", Language)
def test_there_is_a_word_for_everything(language):
    known = words_of(press.__name__, language).known
    codes = {f"state.{one}" for one in State if one is not State.DRAFT}
    codes |= {f"part.{one}" for one in Part} | set(Source) | set(Decision) | set(Code)
    codes |= {one.name for one in sheet().entries} | {one.field for one in sheet().boxes}
    assert codes - set(known) == set()
    assert set(known) == set(words_of(press.__name__, Language.ENGLISH).known)


def test_nothing_of_a_sheet_is_changed_by_printing_it(boxes):
    made = printed(sheet(content=INJECTED))
    before = replace(made.sheet)
    boxes.print([made])
    assert made.sheet == before
