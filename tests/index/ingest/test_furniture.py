"""The words by which furniture is known, in the languages that Parallax meets most."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.ingest import read_file
from index.model import Article

ENGLISH = [
    "The port of Umm Qasr reopened on Tuesday after engineers cleared a sunken barge from the"
    " channel, the harbour master said, and the first three ships were unloaded by nightfall.",
    "Traders had warned that grain for the southern provinces would run short within ten days.",
]
ARABIC = [
    "أعيد افتتاح ميناء أم قصر يوم الثلاثاء بعد أن أزال مهندسون سفينة غارقة من القناة، حسبما قال"
    " مدير الميناء، وأفرغت ثلاث سفن حمولتها قبل حلول الليل.",
    "وكان التجار قد حذروا من أن الحبوب ستنفد في المحافظات الجنوبية خلال عشرة أيام.",
]
RUSSIAN = [
    "Порт Умм-Каср вновь открылся во вторник после того, как инженеры подняли затонувшую баржу,"
    " сообщил начальник порта, и до вечера разгрузили первые три судна.",
    "Торговцы предупреждали, что зерна в южных провинциях хватит только на десять дней.",
]


def kinds(folder: Path, *paragraphs: str) -> list[tuple[str, str]]:
    path = folder / "a.txt"
    path.write_text("\n\n".join(["Umm Qasr: 2024", *paragraphs]), encoding="utf-8")
    (found,) = read_file(path)
    assert isinstance(found, Article)
    return [(paragraph.text, paragraph.kind.value) for paragraph in found.paragraphs]


@pytest.mark.parametrize(
    ("article", "line"),
    [
        (ENGLISH, "Follow Basra Times on Twitter and Facebook"),
        (ENGLISH, "Join our WhatsApp channel for news from the port"),
        (ENGLISH, "Get breaking news alerts and special reports, delivered weekday mornings."),
        (ENGLISH, "No spam, we promise. You can unsubscribe at any time."),
        (ENGLISH, "This story has been updated."),
        (ENGLISH, "This is a developing story. Check back for updates."),
        (ENGLISH, "This site is protected by reCAPTCHA"),
        (ENGLISH, "Start your free trial"),
        (ENGLISH, "Lire aussi : Le prix du blé augmente à Bassora"),
        (ENGLISH, "Tous droits réservés"),
        (ENGLISH, "La suite après cette publicité"),
        (ENGLISH, "Lesen Sie auch: Streik der Hafenarbeiter beendet"),
        (ENGLISH, "Folgen Sie uns auf Instagram"),
        (ENGLISH, "Lea también: Sube el precio del trigo en Basora"),
        (ENGLISH, "Todos los derechos reservados"),
        (ENGLISH, "Bizi Google Haberler’de takip edin"),
        (ARABIC, "اقرأ أيضا: ارتفاع أسعار القمح في البصرة"),
        (ARABIC, "جميع الحقوق محفوظة"),
        (ARABIC, "تابعونا على فيسبوك وتويتر"),
        (ARABIC, "انتهای پیام"),
        (ARABIC, "כל הזכויות שמורות"),
        (RUSSIAN, "Читайте также: В Басре подорожало зерно"),
        (RUSSIAN, "Подписывайтесь на наш канал в Telegram"),
        (RUSSIAN, "Фото: Reuters"),
    ],
)
def test_furniture_anywhere(tmp_path: Path, article: list[str], line: str) -> None:
    found = kinds(tmp_path, article[0], line, article[1])
    assert found == [(article[0], "body"), (line, "boilerplate"), (article[1], "body")]


@pytest.mark.parametrize(
    ("article", "line"),
    [
        (ENGLISH, "He asked his men to follow the ministry on Facebook, where it was announced."),
        (ENGLISH, "The group told its members to join the WhatsApp group of the union."),
        (ENGLISH, "The ministry promised that no spam calls would be allowed on the network."),
        (ENGLISH, "The list was updated on Friday with the names of two more pilots."),
        (ARABIC, "قال المدير إن جميع العمال شاركوا في إزالة السفينة الغارقة من القناة."),
        (ARABIC, "اشترك في العملية عشرون مهندسا من ثلاث شركات."),
        (RUSSIAN, "Он сказал, что фото были сделаны со спутника."),
        (RUSSIAN, "Реклама в порту запрещена с прошлого года."),
    ],
)
def test_body_is_not_folded(tmp_path: Path, article: list[str], line: str) -> None:
    found = kinds(tmp_path, article[0], line, article[1])
    assert [kind for _, kind in found] == ["body"] * 3
