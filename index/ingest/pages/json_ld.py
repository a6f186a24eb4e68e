"""What a web page states as JSON-LD: its nodes, read defensively, and the one of its article.

JSON-LD 1.1, W3C Recommendation, 2020; the types are those of schema.org.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

Node = Mapping[str, Any]

_LARGEST = 1_000_000
"""Characters of one script that are read, and"""
_SCRIPTS = 40
_NODES = 3_000
_DEPTH = 12
_LIST = 200

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|;)\s*$")  # fmt: skip  # noqa: E501
_COMMA_AT_THE_END = re.compile(r",(?=\s{0,200}[}\]])")

_RANKS = {
    **dict.fromkeys(("NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle"), 4),
    **dict.fromkeys(("OpinionNewsArticle", "BackgroundNewsArticle", "ReviewNewsArticle"), 4),
    **dict.fromkeys(("LiveBlogPosting", "AskPublicNewsArticle", "SatiricalArticle"), 4),
    **dict.fromkeys(("Article", "BlogPosting", "Report", "ScholarlyArticle", "TechArticle"), 3),
    **dict.fromkeys(("AdvertiserContentArticle", "SocialMediaPosting", "Review"), 3),
    **dict.fromkeys(("CreativeWork", "Recipe", "ClaimReview", "MediaObject"), 2),
    **dict.fromkeys(("WebPage", "ItemPage", "VideoObject", "AboutPage"), 1),
}
"""How far a node of a type can be the article of a page."""
_OF_OTHERS = frozenset(
    (
        *("itemListElement", "hasPart", "isPartOf", "comment", "mentions", "relatedLink"),
        *("citation", "isBasedOn", "video", "associatedMedia", "image", "subjectOf", "review"),
        "about",
    )
)
"""What leads from a node to others than the article itself."""


def nodes_of(scripts: Iterable[str]) -> list[Node]:
    """Gives the nodes of JSON-LD scripts, outermost first, without lists of other things.

    What can't be read is left out, whatever is in it.
    """
    found: list[Node] = []
    for number, script in enumerate(scripts):
        if number >= _SCRIPTS or len(script) > _LARGEST:
            continue
        waiting: deque[tuple[Any, int]] = deque([(_parsed(script), 0)])
        while waiting and len(found) < _NODES:
            value, depth = waiting.popleft()
            if isinstance(value, list) and depth < _DEPTH:
                waiting += [(each, depth + 1) for each in value[:_LIST]]
            elif isinstance(value, dict):
                found.append(value)
                if depth < _DEPTH:
                    waiting += [
                        (inner, depth + 1)
                        for name, inner in value.items()
                        if isinstance(inner, (dict, list)) and name not in _OF_OTHERS
                    ]
    return found


def _parsed(script: str) -> Any:
    """The value of a script, with the faults that browsers of it forgive; None for no JSON."""
    script = _WRAPPING.sub("", script)
    for text in (script, _COMMA_AT_THE_END.sub("", script)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def article_of(nodes: list[Node], is_it: Iterable[str]) -> Node | None:
    """Gives the node of the page's article; None where there is none or it can't be told.

    `is_it` are addresses and titles of the page: a node that states one of them comes first.
    """
    known = {each for each in map(_plain, is_it) if each}
    best: Node | None = None
    best_rank = 0.0
    rivals = 0
    for node in nodes:
        rank = float(max((_RANKS.get(kind, 0) for kind in types_of(node)), default=0))
        if not rank or not (
            text_of(node.get("headline")) or text_of(node.get("name")) or rank == 1
        ):
            continue
        matches = known & {_plain(each) for each in _identities(node)}
        rank += 10 if matches else 0
        if rank > best_rank:
            best, best_rank, rivals = node, rank, 0
        elif rank == best_rank and not matches:
            rivals += 1
    return best if rivals < 2 else None


def _identities(node: Node) -> list[str]:
    page = node.get("mainEntityOfPage")
    values = [node.get("headline"), node.get("url"), node.get("@id"), page]
    if isinstance(page, dict):
        values += [page.get("@id"), page.get("url")]
    return [value for value in values if isinstance(value, str) and len(value) < 2_000]


def _plain(text: str) -> str:
    """An address without its scheme, or a title, for comparing."""
    return re.sub(r"^https?:(?://)?(?:www\.)?|#.*$|/$|\W+$", "", text.strip().casefold())


def types_of(node: Node) -> list[str]:
    """Gives the names of a node's types, without what stands before them in an address."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [re.split(r"[/#:]", kind)[-1] for kind in kinds[:10] if isinstance(kind, str)]


def text_of(value: Any) -> str | None:
    """Gives a text, or the first of several; None for anything else."""
    for _ in range(3):
        if isinstance(value, list) and value:
            value = value[0]
        elif isinstance(value, dict) and "@value" in value:
            value = value["@value"]
    return value if isinstance(value, str) and value.strip() else None


def named(value: Any, nodes: list[Node]) -> list[tuple[str, list[str]]]:
    """Gives the names of persons and organisations that a node refers to, each with its types.

    They stand in it as text or as nodes of their own, or elsewhere under the same `@id`.
    """
    found: list[tuple[str, list[str]]] = []
    for each in (value if isinstance(value, list) else [value])[:_LIST]:
        if isinstance(each, str):
            found.append((each, []))
        elif isinstance(each, dict):
            node = each if "name" in each else _elsewhere(each.get("@id"), nodes) or each
            names = node.get("name")
            texts = map(text_of, names[:_LIST] if isinstance(names, list) else [names])
            found += [(text, types_of(node)) for text in texts if text]
    return found


def _elsewhere(name: Any, nodes: list[Node]) -> Node | None:
    """The node that stands under an `@id` and has a name."""
    if not isinstance(name, str):
        return None
    return next((node for node in nodes if node.get("@id") == name and "name" in node), None)
