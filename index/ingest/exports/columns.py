"""Which column of an export is which field: by its name, else by what is in it.

Names are compared without case, accents, spaces, underscores and hyphens; what is nested has a
path, `fields.bodyText`. The names are those of news APIs (The Guardian, The New York Times,
NewsAPI, WordPress), archives (Nexis, ProQuest, MediaCloud), scrapers (newspaper3k, news-please,
trafilatura), schema.org and Dublin Core.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatch
from typing import Any

from index.ingest.describing.dates import stated_date
from index.ingest.draft import Source
from index.ingest.paragraphs import count_words

_NAMES = {
    # The full text before a summary, plain text before HTML.
    "text": "fulltext fulltextcontent articletext articlebody articlecontent bodytext maintext"
    " newstext storytext storybody contenttext plaintext cleantext cleanedtext"
    " extractedtext textcontent textbody text body content article story maincontent"
    " contents document transcript news fullarticle message paragraphs volltext"
    " artikeltext inhalt texte contenu corps texto contenido cuerpo النص المحتوى rawtext"
    " bodyhtml contenthtml contentencoded fullhtml html rawhtml sourcehtml leadparagraph"
    " description shortdescription longdescription summary abstract abstractnote snippet"
    " excerpt standfirst trailtext lead lede teaser intro beschreibung resume resumen",
    "title": "title headline articletitle newstitle storytitle webtitle posttitle titletext"
    " heading headlines head hed subjectline pagetitle documenttitle titel uberschrift"
    " schlagzeile titre titulo titular العنوان name",
    "source": "sourcename outlet outletname newsoutlet mediaoutlet medianame mediasource"
    " newssource publisher publishername publication publicationname publicationtitle"
    " newspaper newspapername journal sitename source sourcetitle site website ispartof"
    " feedtitle feed channel provider quelle zeitung medium fuente medio المصدر"
    " sourcedomain domain domainname hostname",
    "author": "author authors authorname authornames byline bylines writer writers writtenby"
    " creator dccreator journalist reporter reporters contributor contributors autor"
    " autoren autores verfasser auteur auteurs الكاتب",
    "date": "datepublished publishedat publisheddate publicationdate publishdate pubdate"
    " datepublish webpublicationdate firstpublicationdate firstpublished publishedtime"
    " publishtime published publishedon publicationdatetime publicationtime articledate"
    " newsdate storydate releasedate issuedate postdate dateposted posteddate posted"
    " postedat postedon dategmt date datetime dateline datum fecha datedepublication"
    " datepublication التاريخ issued createdat datecreated created createddate"
    " creationdate timestamp time pubtime year seendate",
    "url": "url articleurl storyurl newsurl weburl pageurl sourceurl originalurl canonicalurl"
    " canonical canonicallink fullurl finalurl requestedurl documenturl link articlelink"
    " links weblink permalink uri lien enlace href mainentityofpage الرابط",
    "language": "language lang inlanguage languagecode articlelanguage sourcelanguage isolanguage"
    " langue idioma sprache dclanguage",
    "id": "id articleid storyid newsid documentid docid postid uuid guid identifier itemid"
    " recordid accessionnumber uid key rowid",
}
_RANKS = {
    name: (field, rank)
    for field, names in _NAMES.items()
    for rank, name in enumerate(names.split())
}
_CONTAINERS = {
    *("fields", "attributes", "data", "article", "doc", "document", "item", "record", "node"),
    *("post", "metadata", "meta", "properties"),
}
"""Objects whose members are fields of the article itself."""
LEAVES = (
    *("name", "main", "rendered", "original", "value", "text", "plaintext", "title", "full", "url"),
    *("displayName", "#text", "_text", "$t", "@value", "@id", "$date", "$oid", "$numberLong"),
    *("$numberInt", "label", "default", "en"),
)
"""Members of an object that stand for all of it, as in `{"author": {"name": …}}`."""
_LEAVES = frozenset(leaf.lower() for leaf in LEAVES)

_PROSE_WORDS = 12
_SENTENCE = re.compile(r"\w[.!?…][\"”’»)]*(?:\s|$)|[。！？।۔؟]")
_LOOKED_AT = 2_000
"""Characters of a value that are looked at."""

Columns = dict[str, tuple[str, ...]]
"""For each field the columns that may hold it, the likeliest first."""


def columns_of(names: Iterable[str]) -> Columns:
    """Gives the columns for every field, by their names alone."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for place, name in enumerate(names):
        if ranked := _ranked(name):
            field, rank = ranked
            found.setdefault(field, []).append((rank, place, name))
    return {field: tuple(name for *_, name in sorted(those)) for field, those in found.items()}


def chosen_columns(source: Source) -> dict[str, str]:
    """Gives what the settings say of this file: for some fields, the name of their column.

    A pattern is one of names, or of paths where it has a slash. A later one wins.
    """
    chosen: dict[str, str] = {}
    for pattern, columns in source.settings.fields.items():
        whole = "/" in pattern or "\\" in pattern
        name = source.locator if whole else source.name
        if fnmatch(name, pattern) or (whole and fnmatch(name, f"*/{pattern.lstrip('/')}")):
            chosen.update(columns)
    return chosen


def same_column(name: str, names: Sequence[str]) -> str | None:
    """Gives the column that is meant by a name; None where there is none."""
    if name in names:
        return name
    return next((each for each in names if folded(each) == folded(name)), None)


def is_container(name: str) -> bool:
    """Whether an object of this name holds fields of the article itself."""
    parts = name.split(".")
    return all(part == "_source" or folded(part) in _CONTAINERS for part in parts)


def is_known(name: str) -> bool:
    """Whether a column's name says which field it is."""
    return _ranked(name) is not None


def is_summary(name: str) -> bool:
    """Whether a column of text is called like a summary or a beginning, not like the whole."""
    ranked = _ranked(name)
    return ranked is not None and ranked[0] == "text" and ranked[1] >= _RANKS["leadparagraph"][1]


def folded(name: str) -> str:
    """Gives a column's name as it is compared: only letters and digits, small, without accents."""
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.casefold())
    return "".join(filter(str.isalnum, name.lower()))


def _ranked(name: str) -> tuple[str, int] | None:
    """The field that a name means, and how surely: the less the surer."""
    if len(name) > 100:
        return None
    if found := _RANKS.get(folded(name)):
        return found
    # Members of objects, as one path: `fields.bodyText`, `source.name`, `authors/0/name`.
    parts = [part for part in re.split(r"[./:]", name) if part and not part.isdigit()]
    if len(parts) < 2:
        return None
    *above, last = parts
    if ":" in name and len(parts) == 2:  # dc:creator, og:title
        return _RANKS.get(folded(last))
    if all(map(is_container, above)):
        return _RANKS.get(folded(last))
    if last.lower() in _LEAVES or folded(last) in ("name", "url"):
        parent = _RANKS.get(folded(above[-1]))
        # The address of a person or an outlet is not the article's.
        return parent if parent and (last.lower() != "url" or parent[0] == "url") else None
    return None


def columns_by_content(rows: Sequence[Mapping[str, Any]]) -> Columns:
    """Gives the columns whose values tell what they are; nothing where none reads like articles.

    The text is the column with the longest values, by their mean, of those that are mostly whole
    sentences. Address and date are known where just one column has them.
    """
    values: dict[str, list[str]] = {}
    for row in rows:
        for name, value in row.items():
            if isinstance(value, str) and value.strip() and not is_known(name):
                values.setdefault(name, []).append(value)
    text = _longest(values, _is_prose)
    if text is None:
        return {}
    del values[text]
    found: Columns = {"text": (text,)}
    for field, test in (("url", _is_address), ("date", _is_date)):
        names = [name for name, those in values.items() if all(map(test, those))]
        if len(names) == 1:
            found[field] = (names[0],)
        for name in names:
            del values[name]
    if title := _longest(values, _is_title):
        found["title"] = (title,)
    return found


def _longest(values: Mapping[str, Sequence[str]], test: Callable[[str], bool]) -> str | None:
    """The column with the longest values of those that mostly pass a test."""
    best, longest = None, 0.0
    for name, those in values.items():
        mean = sum(map(len, those)) / len(those)
        if mean > longest and 2 * sum(map(test, those)) > len(those):
            best, longest = name, mean
    return best


def _is_prose(value: str) -> bool:
    """Whether a value is made of sentences. Lists, codes and addresses are not."""
    value = value[:_LOOKED_AT]
    return count_words(value) >= _PROSE_WORDS and bool(_SENTENCE.search(value))


def _is_title(value: str) -> bool:
    return 3 <= count_words(value.strip()) <= 30 and len(value) < 300


def _is_address(value: str) -> bool:
    return value.strip().lower().startswith(("http://", "https://"))


def _is_date(value: str) -> bool:
    return len(value) < 60 and stated_date(value) is not None
