"""FacetsPanel: what the articles found have in common, to narrow the search by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.style import Style

from index.model import EntityType
from tui import entity_styles
from tui.commands import SEARCH, SHOW
from tui.entity_styles import LOOK
from tui.months import name_of
from tui.text import clean
from tui.widgets.rows import MOVES, Row, Rows
from tui.wording import facet_size

LISTED = 8
"""Values of a facet that are listed unasked, where there are more."""
BAR = 10
"""Cells of the bar of the month with most articles."""
EIGHTHS = "▏▎▍▌▋▊▉█"
KINDS = (
    EntityType.PERSON,
    EntityType.ORGANISATION,
    EntityType.PLACE,
    EntityType.GROUP,
    EntityType.WEAPON,
)

Counts = Sequence[tuple[str, int]]


class FacetRows(Rows, inherit_bindings=False):
    """Facets with their values; the value of a row is both, or a facet alone to list all of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Narrow", id="facets.choose", group=SEARCH,
                tooltip="Keep only the articles that have this; or list what there is more"),
        *MOVES,
    ]  # fmt: skip


class FacetsPanel(Vertical):
    """Sources, months and names of all articles found, with the number of articles of each."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"facets--bar", *entity_styles.COMPONENTS}
    DEFAULT_CSS = """
    FacetsPanel {
        dock: right;
        width: 36;
        max-width: 50%;
        background: $surface;
        border-left: vkey $border-blurred;
        & > FacetRows { height: 1fr; }
        & > .facets--bar { color: $primary; }
    }
    """ + entity_styles.css("FacetsPanel")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,t", "close", "Close", id="facets.close", group=SHOW,
                tooltip="Close the panel, and go back to the list"),
    ]  # fmt: skip

    @dataclass
    class Chosen(Message):
        """Only articles that have this value of a facet are wanted."""

        facet: str
        value: str

    @dataclass
    class Closed(Message):
        """Nobody narrows any more."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._facets: Mapping[str, Counts] = {}
        self._whole: set[str] = set()

    def compose(self) -> ComposeResult:
        """The list."""
        yield FacetRows()

    def wait(self) -> None:
        """Says that there is something to wait for."""
        self.query_one(FacetRows).show([Row(Content("Counting…"))])

    def show(self, facets: Mapping[str, Counts]) -> None:
        """Shows other counts. The cursor stays with its value where that is still there."""
        self._facets = facets
        self._list()

    def _list(self) -> None:
        nothing = [Row(Content("Nothing to narrow by."))]
        self.query_one(FacetRows).show(list(self._rows()) or nothing)

    def _rows(self) -> Iterator[Row]:
        yield from self._listed("source", Content("Sources"))
        yield from self._listed("month", Content("Months"))
        for kind in KINDS:
            style = self.get_visual_style(LOOK[kind].component, partial=True)
            yield from self._listed(kind.value, Content.styled(LOOK[kind].plural, style))

    def _listed(self, facet: str, heading: Content) -> Iterator[Row]:
        counts = self._facets.get(facet, ())
        if not counts:
            return
        if facet == "month":  # The latest first, as articles are listed.
            counts = counts[::-1]
        most = max(number for _, number in counts)
        yield Row(heading, right=facet_size(facet, len(counts)))
        listed = counts if facet in self._whole or len(counts) <= LISTED + 1 else counts[:LISTED]
        for value, number in listed:
            content = Content(f"  {clean(value)}")
            if facet == "month":
                bar = Content.styled(_bar(number, most), self._bar_style)
                content = Content(f"  {name_of(value):<9}").append(bar)
            yield Row(content, (facet, value), f"{number:,}")
        if len(listed) < len(counts):
            yield Row(Content(f"  … {len(counts) - len(listed):,} more"), (facet, None))

    @property
    def _bar_style(self) -> Style:
        return self.get_visual_style("facets--bar", partial=True)

    @on(Rows.Chosen)
    def _choose(self, event: Rows.Chosen) -> None:
        event.stop()
        facet, value = event.value
        if value is not None:
            self.post_message(self.Chosen(facet, value))
            return
        rows = self.query_one(FacetRows)
        first_more = self._facets[facet][:: -1 if facet == "month" else 1][LISTED][0]
        self._whole.add(facet)
        self._list()
        rows.move_to((facet, first_more))

    def focus_list(self) -> None:
        """Puts the keyboard on the list."""
        self.query_one(FacetRows).focus()

    def action_close(self) -> None:
        """Says that nobody narrows any more."""
        self.post_message(self.Closed())


def _bar(number: int, most: int) -> str:
    """A bar as long as a number is, to an eighth of a cell; whatever is not nothing is seen."""
    eighths = max(1, round(8 * BAR * number / most))
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (EIGHTHS[rest - 1] if rest else "")
