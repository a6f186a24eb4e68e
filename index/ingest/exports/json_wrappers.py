"""Where the articles are in an object of JSON: in lists, in objects that wrap lists, in itself.

As in what news APIs and search engines answer: `{"articles": […]}`, `{"response": {"docs": […]}}`,
`{"hits": {"hits": [{"_source": …}]}}`, and in schema.org's `{"@graph": […]}`.
"""

from __future__ import annotations

from typing import Any

from index.ingest.exports.columns import columns_of, folded, is_container, is_summary
from index.ingest.exports.rows import Row
from index.ingest.unpack import UnreadableError

_DEEPEST = 5
"""Objects in each other in which a list of articles is looked for."""
_SAMPLE = 20
_LISTS = frozenset(
    {"articles", "results", "docs", "documents", "hits", "items", "data", "stories", "entries"}
    | {"rows", "records", "news", "posts", "graph"}
)
"""What lists of articles are called."""
_KINDS = ("article", "posting", "report", "review")
"""What the types of schema.org that are articles have in their names."""


def articles_in(value: Any) -> list[Row]:
    """Gives the articles in an object, or the object itself. Raises UnreadableError for no object.

    Where the object has a full text of its own, it is the article; a summary may be of the list.
    """
    if not isinstance(value, dict):
        raise UnreadableError("JSON, but no object and no list of objects")
    if rows := _transposed(value):
        return rows
    if _has_text(value, whole=True):
        return [value]
    found = _wrapped(value, 0)
    if _has_text(value) and not any(map(_has_text, found[:_SAMPLE])):
        return [value]
    return found or [value]


def _has_text(value: Row, whole: bool = False) -> bool:
    """Whether an object is an article: it has a column of text, and something in it."""
    for name in columns_of(value).get("text", ()):
        if isinstance(value[name], str | dict) and value[name] and not (whole and is_summary(name)):
            return True
    return any(
        _has_text(inner, whole)
        for name, inner in value.items()
        if isinstance(inner, dict) and is_container(name) and name not in inner
    )


def _wrapped(value: Row, depth: int) -> list[Row]:
    """The best list of objects in an object; else what stands in objects by their ids."""
    if depth > _DEEPEST:
        return []
    best: list[Row] = []
    most = (False, False, 0)
    objects = [each for each in value.values() if isinstance(each, dict)]
    lists = [(name, _objects(each)) for name, each in value.items() if isinstance(each, list)]
    lists += [("", _wrapped(each, depth + 1)) for each in objects]
    if any(map(_has_text, objects[:_SAMPLE])):
        lists.append(("articles", objects))
    for name, found in lists:
        score = (any(map(_has_text, found[:_SAMPLE])), folded(name) in _LISTS, len(found))
        if found and score > most:
            best, most = found, score
    return best


def _objects(found: list[Any]) -> list[Row]:
    """The objects of a list, but for those that say that they are no articles."""
    return [each for each in found if isinstance(each, dict) and _may_be_article(each)]


def _may_be_article(value: Row) -> bool:
    kinds = value.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(
        not isinstance(kind, str) or any(each in kind.lower() for each in _KINDS) for kind in kinds
    )


def _transposed(value: Row) -> list[Row]:
    """The rows of an object of columns by pandas: `{"title": {"0": …}, "text": {"0": …}}`."""
    columns = list(value.values())
    if len(columns) < 2 or not all(isinstance(each, dict) for each in columns):
        return []
    keys = list(columns[0])
    if (
        not keys
        or not all(key.isdigit() for key in keys)
        or any(set(c) != set(keys) for c in columns)
    ):
        return []
    return [{name: column[key] for name, column in value.items()} for key in keys]
