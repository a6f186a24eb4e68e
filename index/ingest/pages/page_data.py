"""The text that a page carries in its data: JSON-LD, or what its script builds the page from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.ingest.blocks import paragraphs_of
from index.ingest.pages.json_ld import nodes_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ASSIGNED = re.compile(
    r"\s{0,99}(?:window|self|globalThis)[\w.\[\]\"']{0,80}\s{0,9}=\s{0,9}(?=[{\[])"
)
_LEAST = 80
"""Characters of a text in a page's data that is taken for the article's, or a part of it."""
_LEAST_SPACES = 8
_NOT_BODY = re.compile(
    r"descri|summary|excerpt|abstract|caption|credit|copyright|alt|seo|meta|legal|disclaimer|cookie"
    r"|consent|bio|teaser|script|style|css|config|message|label|promo|related|recommend",
    re.IGNORECASE,
)
"""Names under which the data of pages keep other texts than the article's."""


def stated_body(root: HtmlElement) -> list[str]:
    """Gives the paragraphs of the longest article text that a page states in JSON-LD."""
    scripts = (
        script.text
        for script in root.iter("script")
        if script.text and "ld+json" in script.get("type", "") and "articleBody" in script.text
    )
    texts = [text for node in nodes_of(scripts) if isinstance(text := node.get("articleBody"), str)]
    return paragraphs_of(max(texts, key=len)) if texts else []


def built_from(root: HtmlElement) -> list[str]:
    """Gives the long texts in the data that a page's script builds it from, each once."""
    texts = [
        text
        for script in root.iter("script")
        for name, text in _strings(_data(script))
        if len(text) >= _LEAST and text.count(" ") >= _LEAST_SPACES and not _NOT_BODY.search(name)
    ]
    return list(dict.fromkeys(line for text in texts for line in paragraphs_of(text)))


def _data(script: HtmlElement) -> Any:
    """What a script holds, where that is data: `__NEXT_DATA__` and its like; else None."""
    text = script.text or ""
    if "json" not in script.get("type", ""):
        assigned = _ASSIGNED.match(text)
        if assigned is None:
            return None
        text = text[assigned.end() :]
    try:
        return json.JSONDecoder(strict=False).raw_decode(text.strip())[0]
    except (ValueError, RecursionError):
        return None


def _strings(data: Any) -> Iterator[tuple[str, str]]:
    """The strings in data in their order, each with the name that it stands under."""
    waiting: list[tuple[str, Any]] = [("", data)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, dict):
            waiting.extend((str(key), each) for key, each in reversed(value.items()))
        elif isinstance(value, list):
            waiting.extend((name, each) for each in reversed(value))
