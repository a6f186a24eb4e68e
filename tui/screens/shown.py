"""Articles on the screen: what is known of them now, and what becomes of them on the disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from index import Article, Library, ParallaxError
from tui.commands import READ, active_commands
from tui.questions import answer_in_thread
from tui.widgets.article_view import ArticleView


@dataclass
class LookedAgain(Message):
    """The articles shown, as they are known now; None for those that are gone."""

    articles: Mapping[str, Article | None]


class Shown(Screen[None]):
    """Questions to the library, and articles that may change while somebody reads them.

    What is read stays as it was, and is said to have changed; only facts are renewed unasked. A
    subclass says which view is read (`view`) and which are on the screen (`views`), and how
    anything changed is told (`say_position`).
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "about", "About", show=False, id="reading.about", group=READ,
                tooltip="What is known of this article and what it rests on; correct it there"),
        Binding("u,f5", "read_anew", "Read anew", id="reading.read-anew", group=READ,
                tooltip="Show the article as it is on the disk now"),
    ]  # fmt: skip

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.anew: dict[str, Article] = {}
        """Articles whose text on the disk is another than what is shown, as it is there now."""
        self.gone: frozenset[str] = frozenset()
        """The ids of articles shown whose files are gone."""

    @property
    def view(self) -> ArticleView:
        """The view that is being read."""
        raise NotImplementedError

    @property
    def views(self) -> Sequence[ArticleView]:
        """All views on the screen."""
        return (self.view,)

    def say_position(self) -> None:
        """Says where the reader stands, and whether the article has changed."""
        raise NotImplementedError

    # Questions to the library

    def ask(self, group: str, question: Callable[[], Message]) -> None:
        """Has a question answered in a thread; its answer is a message to this screen.

        A question makes an earlier one of its group void.
        """
        answer_in_thread(self, group, question)

    # What is known of it, and what becomes of it on the disk

    def action_about(self) -> None:
        """Shows what is known of the article that is read, and has it corrected."""
        from tui.screens.facts import FactsScreen

        if self.view.article is not None:
            self.app.push_screen(FactsScreen(self.library, self.view.article.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers to read anew only what has changed."""
        if action == "read_anew":
            return self.view.article is not None and self.view.article.id in self.anew
        return True

    def look_again(self) -> None:
        """Asks how the articles shown are known now, once something was read from the disk."""
        ids = [view.article.id for view in self.views if view.article is not None]
        self.ask("again", partial(self._looked_again, ids))

    def _looked_again(self, ids: Sequence[str]) -> Message:
        return LookedAgain({article_id: self._known(article_id) for article_id in ids})

    def _known(self, article_id: str) -> Article | None:
        try:
            return self.library.article(article_id)
        except ParallaxError:
            return None

    @on(LookedAgain)
    def _take_in(self, event: LookedAgain) -> None:
        for view in self.views:
            if (shown := view.article) is None or shown.id not in event.articles:
                continue
            known = event.articles[shown.id]
            self.anew.pop(shown.id, None)
            self.gone -= {shown.id}
            if known is None:
                self.gone |= {shown.id}
            elif known.paragraphs != shown.paragraphs:
                # What somebody is reading stays as it is until they ask for what it has become.
                self.anew[shown.id] = known
            elif known != shown:
                self.show_anew(view, known)
        self.refresh_bindings()
        self.say_position()

    def action_read_anew(self) -> None:
        """Shows the article that is read as it is on the disk now."""
        if (shown := self.view.article) is not None and shown.id in self.anew:
            self.show_anew(self.view, self.anew.pop(shown.id))
            self.refresh_bindings()

    def show_anew(self, view: ArticleView, article: Article) -> None:
        """Shows an article as it is known now, where it is being read."""
        view.renew(article)

    def on_disk(self) -> str:
        """Says that the article on the disk is not what is shown; empty where it is."""
        article = self.view.article
        if article is not None and article.id in self.gone:
            return "no longer where it was on the disk; it stays here until you leave it"
        if article is not None and article.id in self.anew:
            key = next(
                (c.keys[0] for c in active_commands(self) if c.id == "reading.read-anew"), "u"
            )
            return f"changed on the disk; {key} reads it anew"
        return ""
