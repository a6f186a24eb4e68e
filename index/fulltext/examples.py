"""What can be typed into a search, by example: the help screen and README.md show these."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """One thing that can be typed."""

    typed: str
    means: str
    """What that finds, as the end of “type … to find”."""
    group: str
    """The heading it stands under; examples of one group follow one another."""


EXAMPLES = (
    Example("drone strike", "articles with both words first, then those with one", "Words"),
    Example("milit*", "words that begin so", "Words"),
    Example("goverment~", "words spelt nearly so: one letter off, or two in a long word", "Words"),
    Example("iraq -embassy", "a word without another", "Words"),
    Example('"rules of engagement"', "these words as they stand, in no other form", "Phrases"),
    Example('"drone base"~5', "near each other: at most 5 other words between them", "Phrases"),
    Example("drone AND attack", "only articles with both", "Joining"),
    Example("erbil OR baghdad", "either", "Joining"),
    Example("(drone OR rocket) AND base", "one of the two, together with the third", "Joining"),
    Example("NOT (oil OR gas)", "articles with neither; a dash does the same", "Joining"),
    Example("title:resume", "a word of the title; a phrase, or words in parentheses, too", "Where"),
    Example('source:"long war journal"', "articles of an outlet", "Where"),
    Example("author:smith", "articles by an author", "Where"),
    Example("drone in:body", "what an article says: neither its title nor site furniture", "Where"),
    Example("subscribe in:boilerplate", "site furniture alone", "Where"),
    Example("date:2024-02", "published in a year, a month or on a day", "When"),
    Example("date:2024-01..2024-03", "published from the first to the last of them", "When"),
    Example("after:2024-01-01 before:2024-03", "from a day on, and before March", "When"),
    Example(
        "date:yesterday", 'or today, monday, "last week", "3 days ago", "last 30 days"', "When"
    ),
    Example('entity:"Kataib Hezbollah"', "articles that name it, under any spelling", "Who"),
    Example("person:soleimani", "a person; or place: org: group: weapon:", "Who"),
)
"""Every kind of thing that is understood, in the order in which one learns it."""
