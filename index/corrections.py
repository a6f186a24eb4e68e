"""Corrections: what a user may say of an article, and how it comes into the store.

The user's data is the truth. The store holds the corrected values too, so that lists, search and
recognition see them, beside what was read; whatever happens to it, they are put in again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from index.model import ParallaxError
from index.store import Store
from index.store.corrected import FIELDS
from index.userdata import Correction, Corrections, DamagedData, UserData

_LONGEST = 2_000
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


def checked(field: str, value: str) -> str | None:
    """Gives the value of a correction as it is stored; None for one that says unstated.

    Raises ParallaxError, in one line, for what no field can be or this one cannot.
    """
    from index.ingest.describing.dates import stated_date
    from index.ingest.sanitise import sanitise_line

    if field not in FIELDS:
        raise ParallaxError(f"{field!r} cannot be corrected; only {', '.join(FIELDS)} can")
    value = sanitise_line(value)[:_LONGEST].strip()
    if not value:
        if field == "title":
            raise ParallaxError("a title cannot be empty; undo the correction, or give another")
        return None
    if field == "date":
        moment = stated_date(value)
        if moment is None:
            raise ParallaxError(f"write it as 2024-05-17: {value!r} is not a date")
        return moment.isoformat()
    if field == "url" and not _ADDRESS.fullmatch(value):
        raise ParallaxError(f"begin with https:// or http://: {value!r} is not an address")
    if field == "language":
        value = value.lower()
        if not _LANGUAGE.fullmatch(value):
            raise ParallaxError(f"write its code, such as en: {value!r} is not a language")
    return value


def apply(store: Store, user: UserData, id_of: Callable[[str], str]) -> str:
    """Brings the store's corrections into line with the user's; to be called in a transaction.

    `id_of` makes ids of locators. An article is known by its locator, else by the hash of its file
    and its place in it, when the file is no longer where it was. Gives one line for the user when
    something is wrong with their data, else nothing.
    """
    made = Corrections(user)
    try:
        given, note = made.given(), ""
    except DamagedData:
        # This collection's are in its store, so they are not lost.
        kept = _kept_in(store)
        try:
            aside = user.set_aside()
            for each in kept:
                made.put(each)
            given = made.given()
        except ParallaxError as error:
            return str(error)
        note = (
            f"your data in {user.path} was damaged: the file is kept as {aside.name} beside it, and"
            " what could be read of it, with the corrections of this collection, is in the new one"
        )
    except ParallaxError as error:
        return str(error)
    wanted: dict[str, dict[str, str | None]] = {}
    for each in given:
        place = store.place_of(id_of(each.locator)) or _moved(store, made, each, id_of)
        if place is None:
            continue
        listed_id, path, locator = place
        wanted.setdefault(listed_id, {})[each.field] = each.value
        now = store.hash_of(path)
        if locator == each.locator and now not in ("", each.hash):
            made.rekey(each, locator, now)
    for article_id in store.corrected_ids() - wanted.keys():
        store.correct(article_id, {})
    for article_id, values in wanted.items():
        store.correct(article_id, values)
    return note


def _moved(
    store: Store, made: Corrections, correction: Correction, id_of: Callable[[str], str]
) -> tuple[str, str, str] | None:
    """The place of an article whose file was moved; its correction is kept under it from now on."""
    old = correction.locator.removesuffix(correction.fragment)
    if not correction.hash or os.path.lexists(old):
        return None
    for path in store.paths_of(correction.hash):
        locator = path + correction.fragment
        if place := store.place_of(id_of(locator)):
            made.rekey(correction, locator, correction.hash)
            return place
    return None


def _kept_in(store: Store) -> list[Correction]:
    """The corrections that a store holds."""
    return [
        Correction(locator, field, value, locator.removeprefix(path), store.hash_of(path))
        for locator, path, values in store.corrections()
        for field, value in values.items()
    ]
