"""Every entity type has a look of its own that can be read on every ground."""

from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from index.model import EntityType
from tui.entity_styles import LOOK, LOOKS
from tui.themes import DARK, LIGHT

SHARED = 0.14
"""How far the ground of a shared entity is mixed with the text's colour."""


def test_every_type_has_a_look_and_no_two_are_alike() -> None:
    assert set(LOOK) == set(EntityType)
    for part in ("sign", "dark", "light", "ansi_dark", "ansi_light", "label", "short"):
        assert len({getattr(look, part) for look in LOOKS}) == len(LOOKS), part
    assert all(look.sign for look in LOOKS)


def contrast(one: Color, two: Color) -> float:
    """The contrast ratio of WCAG 2.2."""

    def luminance(colour: Color) -> float:
        parts = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized
        )
        return sum(
            part * weight for part, weight in zip(parts, (0.2126, 0.7152, 0.0722), strict=True)
        )

    darker, lighter = sorted((luminance(one), luminance(two)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("theme", "part"), [(DARK, "dark"), (LIGHT, "light")])
def test_text_is_legible_on_plain_and_shared_ground(theme: Theme, part: str) -> None:
    background = Color.parse(theme.background or "")
    shared = background.blend(Color.parse(theme.foreground or ""), SHARED)
    for look in LOOKS:
        colour = Color.parse(getattr(look, part))
        for ground in (background, shared):
            seen = ground.blend(colour, 0.66) if look.sign == "dim" else colour
            assert contrast(seen, ground) >= 4.5, (look.label, ground)


def test_the_looks_are_in_one_place() -> None:
    tui = Path(__file__).parents[2] / "tui"
    others = [path for path in tui.rglob("*.py") if path.name != "entity_styles.py"]
    for path in [*others, *tui.rglob("*.tcss")]:
        text = path.read_text("utf8")
        assert not any(look.dark in text or look.light in text for look in LOOKS), path
