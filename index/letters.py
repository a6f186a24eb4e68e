"""Signs that every analysis of text reads alike, so that a name found by one is found by all."""

APOSTROPHES = "'’‘‛`´′ʹʻʼʽʾʿˈ＇"
"""The signs written for an apostrophe, and for ʿayn and hamza in romanised Arabic."""
UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i"}
    | {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)
"""Small letters that Unicode does not take apart into a plain letter and an accent."""


def letters_and_digits(text: str) -> str:
    """Gives a text's letters and digits alone, small: what is left when layout and case differ."""
    return "".join(filter(str.isalnum, text.casefold()))
