"""What a saved web page states about its article: in its head, its JSON-LD and its markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.ingest.draft import Fact

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def stated(tree: HtmlElement, page: str) -> dict[str, Fact]:
    """Gives what a page states of `title`, `source`, `author`, `date`, `url` and `language`.

    `tree` is the root of the parsed page, which is not changed, and `page` its text. What the page
    does not state is not there. Raises nothing, whatever is in the page.
    """
    return {}
