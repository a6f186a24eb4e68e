"""The language of an article: as stated, unless its text is plainly in another; or as read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.describing.languages import language_code, language_of
from index.ingest.draft import Fact
from index.model import Evidence, EvidenceKind

TEXTS = {
    "en": "Hashd commanders told reporters on Monday that talks with the union would resume.",
    "de": "Die Bundesregierung hat am Montag angekündigt, dass sie mit den Verhandlungen über das"
    " Abkommen beginnen wird. Nach Angaben eines Sprechers ist das Treffen für die kommende Woche"
    " geplant, und auch die Opposition soll daran teilnehmen.",
    "fr": "Le président de la République a annoncé lundi que les négociations avec les syndicats"
    " reprendraient dans les prochains jours. Il a précisé que le gouvernement était prêt à faire"
    " des concessions sur une partie de la réforme.",
    "es": "El presidente anunció el lunes que las negociaciones con los sindicatos se retomarán en"
    " los próximos días. Según el portavoz, el Gobierno está dispuesto a hacer concesiones en una"
    " parte de la reforma, pero no en todas.",
    "tr": "Cumhurbaşkanı pazartesi günü yaptığı açıklamada sendikalarla müzakerelerin önümüzdeki"
    " günlerde yeniden başlayacağını söyledi. Sözcüye göre hükümet reformun bir kısmında taviz"
    " vermeye hazır, ancak bu daha çok zaman alacak ve görüşmeler için bir tarih belirlenmedi.",
    "ru": "Президент объявил в понедельник, что переговоры с профсоюзами возобновятся в ближайшие"
    " дни. По словам представителя, правительство готово пойти на уступки по части реформы.",
    "uk": "Президент оголосив у понеділок, що переговори з профспілками відновляться найближчими"
    " днями. За словами речника, уряд готовий піти на поступки щодо частини реформи.",
    "ar": "أعلنت الحكومة العراقية يوم الاثنين أن المفاوضات مع الولايات المتحدة ستستأنف في الأيام"
    " المقبلة، وقال المتحدث إن الحكومة مستعدة لتقديم تنازلات.",
    "fa": "رئیس جمهور ایران روز دوشنبه اعلام کرد که مذاکرات با کشورهای اروپایی در روزهای آینده از"
    " سر گرفته خواهد شد. به گفته سخنگو، دولت آماده است.",
    "ku": "سەرۆکی هەرێمی کوردستان ڕۆژی دووشەممە ڕایگەیاند کە دانوستانەکان لەگەڵ حکومەتی ناوەندی"
    " لە ڕۆژانی داهاتوودا دەست پێدەکەنەوە.",
    "ur": "صدر نے پیر کے روز اعلان کیا کہ مذاکرات آنے والے دنوں میں دوبارہ شروع ہوں گے۔",
    "he": "הנשיא הודיע ביום שני כי המשא ומתן עם האיגודים יחודש בימים הקרובים.",
    "el": "Ο πρόεδρος ανακοίνωσε τη Δευτέρα ότι οι διαπραγματεύσεις θα συνεχιστούν.",
    "zh": "总统周一宣布，与工会的谈判将在未来几天恢复。",
    "ja": "大統領は月曜日、労働組合との交渉を数日中に再開すると発表した。",
    "ko": "대통령은 월요일 노조와의 협상이 며칠 안에 재개될 것이라고 발표했다.",
}


def tag(language: str) -> Fact:
    return Fact(language, Evidence(EvidenceKind.TAG, "<html lang>"))


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_that_states_no_language_is_read(language: str) -> None:
    found = language_of(None, [TEXTS[language]])
    assert found is not None
    assert found[0] == language
    assert found[1].kind is EvidenceKind.TEXT


@pytest.mark.parametrize("language", TEXTS)
def test_what_is_stated_is_believed(language: str) -> None:
    assert language_of(tag(language), [TEXTS[language]]) == (language, tag(language).evidence)


@pytest.mark.parametrize("language", list(TEXTS)[1:])
def test_english_that_plainly_is_another_language(language: str) -> None:
    found = language_of(tag("en-US"), [TEXTS[language]])
    assert found is not None
    assert found[0] == language
    assert found[1] == Evidence(EvidenceKind.TEXT, "its words and letters, not <html lang>")


@pytest.mark.parametrize("stated", ["ar", "de", "ru", "ja"])
def test_another_language_that_plainly_is_english(stated: str) -> None:
    text = f"{TEXTS['en']} The ministry said that it was ready for the talks with all of them."
    found = language_of(tag(stated), [text])
    assert found is not None
    assert found[0] == "en"


def test_a_text_in_no_language_that_is_known_is_not_in_the_stated_one() -> None:
    cuneiform = "".join(map(chr, range(0x12000, 0x12080)))
    assert language_of(tag("ar"), [cuneiform * 3]) in (None, ("ar", tag("ar").evidence))
    croatian = (
        "Predsjednik je u ponedjeljak objavio da će se pregovori sa sindikatima nastaviti u"
        " narednim danima. Prema riječima glasnogovornika, vlada je spremna na ustupke u dijelu"
        " reforme, ali ne i u svim pitanjima koja su postavljena, a sastanak će se održati u"
        " Zagrebu, gdje će sindikati predstaviti svoje zahtjeve."
    )
    found = language_of(tag("en"), [croatian])
    assert found is None or found[0] != "en"


@pytest.mark.parametrize(
    "text",
    ["", "1 2 3", "Shr 34 cts vs 1.19 dlrs Net 807,000 vs 2,858,000", "Bonjour", "OK", "Юлия"],
)
def test_too_little_to_tell(text: str) -> None:
    assert language_of(None, [text]) is None
    assert language_of(tag("fr"), [text]) == ("fr", tag("fr").evidence)


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        *(("en-GB", "en"), ("en_US", "en"), ("EN", "en"), ("eng", "en"), ("English", "en")),
        *(("ar-AE", "ar"), ("zh-Hans-CN", "zh"), ("ckb", "ku"), ("fas", "fa"), ("iw", "he")),
        *(("Deutsch", "de"), ("nb-NO", "no"), ("العربية", "ar"), ("en, ar", "en")),
        *(("", None), ("xx", None), ("default", None), ("123", None)),
    ],
)
def test_codes(stated: str, code: str | None) -> None:
    assert language_code(stated) == code


NEIGHBOURS = {
    "da": "Præsidenten meddelte mandag, at forhandlingerne med fagforeningerne vil blive genoptaget"
    " i de kommende dage. Ifølge talsmanden er regeringen parat til at gøre indrømmelser på en del"
    " af reformen, men ikke på det hele. Det blev oplyst af ministeriet efter mødet i går.",
    "no": "Presidenten sa mandag at forhandlingene med fagforeningene vil bli gjenopptatt i løpet"
    " av de neste dagene. Ifølge talsmannen er regjeringen klar til å gi innrømmelser på en del av"
    " reformen, men ikke på alt. Det ble også opplyst at noen møter blir flyttet etter helgen.",
    "cs": "Prezident v pondělí oznámil, že jednání s odbory budou v příštích dnech obnovena. Podle"
    " mluvčího je vláda připravena na ústupky, které se týkají části reformy, ale ne celé. Ministr"
    " řekl, že to je při jednání důležité a že jsou strany blízko dohody.",
    "sk": "Prezident v pondelok oznámil, že rokovania s odbormi budú v najbližších dňoch obnovené."
    " Podľa hovorcu je vláda pripravená na ústupky, ktoré sa týkajú časti reformy, ale nie celej."
    " Minister povedal, že sú strany blízko dohody a bol by to aj pre ľudí úspech.",
    "id": "Presiden mengatakan pada hari Senin bahwa perundingan dengan serikat pekerja akan"
    " dilanjutkan dalam beberapa hari ini. Juru bicara itu mengatakan pemerintah bisa memberi"
    " kelonggaran karena sebagian reformasi sudah disetujui oleh parlemen.",
    "ms": "Presiden berkata pada hari Isnin bahawa rundingan dengan kesatuan sekerja akan"
    " diteruskan dalam beberapa hari ini. Jurucakap itu berkata kerajaan boleh memberi"
    " kelonggaran kerana sebahagian pembaharuan itu telah dipersetujui oleh parlimen.",
}


@pytest.mark.parametrize("language", NEIGHBOURS)
def test_neighbours_are_told_apart_by_the_words_of_one(language: str) -> None:
    found = language_of(None, [NEIGHBOURS[language]])
    assert found is not None
    assert found[0] == language


def test_a_language_that_common_words_do_not_tell_is_unstated() -> None:
    croatian = (
        "Predsjednik je u ponedjeljak rekao da će se pregovori nastaviti, ali da se o tome još ne"
        " zna sve što je dogovoreno. Kako je rekao za medije, vlada je spremna na ustupke."
    )
    assert language_of(None, [croatian]) is None


@given(st.lists(st.text(max_size=300), max_size=4), st.none() | st.text(max_size=12))
def test_nothing_raises(body: list[str], stated: str | None) -> None:
    language_of(tag(stated) if stated is not None else None, body)
