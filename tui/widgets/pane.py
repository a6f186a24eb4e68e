"""Pane: one column of the side-by-side screen, or one of its tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from index.model import Article
from tui.text import clean, facts
from tui.widgets.article_view import ArticleView


def outlets(articles: Sequence[Article]) -> dict[str, str]:
    """A short name for each article by its id: its outlet, numbered where two share one."""
    plain = [clean(article.source or article.title) for article in articles]
    return {
        article.id: f"{name} ({plain[: n + 1].count(name)})" if plain.count(name) > 1 else name
        for n, (article, name) in enumerate(zip(articles, plain, strict=True))
    }


class Pane(Vertical):
    """One column: two lines saying what it is, and the article."""

    DEFAULT_CSS = """
    Pane {
        width: 1fr;
        & > .heading {
            height: 2;
            padding: 0 1 0 2;
            color: $foreground-muted;
            background: $surface;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        & > ArticleView { height: 1fr; }
        &.-active > .heading { background: $panel; color: $foreground; }
        &:ansi > .heading { text-style: dim; }
        &:ansi.-active > .heading { text-style: none; }
    }
    """

    @dataclass
    class TabClicked(Message):
        """The name of another tab was clicked."""

        number: int

    def __init__(self, article: Article) -> None:
        super().__init__()
        self.article = article
        self.view = ArticleView()
        """The article's text."""
        self._heading = Static("", classes="heading", markup=False)

    def compose(self) -> ComposeResult:
        """The heading and the text."""
        yield self._heading
        yield self.view

    def on_mount(self) -> None:
        """Shows the article."""
        self.view.show(self.article, header=False)

    def _tab(self, number: int, name: str, room: int, here: bool) -> Content:
        look = Content(f"{'❯ ' if here else '  '}{name}")
        tab = look.truncate(room - 1, ellipsis=True, pad=True) + Content(" ")
        return tab.stylize("bold" if here else "dim").stylize(Style.from_meta({"tab": number}))

    def on_click(self, event: events.Click) -> None:
        """Opens the tab that was clicked."""
        number = event.style.meta.get("tab")
        if number is not None:
            self.post_message(self.TabClicked(number))

    def say(self, names: Mapping[str, str], *, tabbed: bool = False) -> None:
        """Writes the heading: what this column is, or as one of several tabs.

        `names` has a short name for each article on the screen, by its id.
        """
        if tabbed:
            room = (self.app.size.width - 2) // len(names)
            tabs = enumerate(names.items())
            first = Content("").join(
                self._tab(n, name, room, article == self.article.id) for n, (article, name) in tabs
            )
        else:
            sign = "❯ " if self.has_class("-active") else "  "
            named = self.article
            if named.source:
                named = replace(named, source=names[named.id])
            first = Content(f"{sign}{facts(named, undated=True)}").stylize("bold")
        heading = Content("\n").join([first, Content(f"  {clean(self.article.title)}")])
        self._heading.update(heading)
