"""How long a reader of a very long article waits: to open it, and for each page down.

    python benchmarks/long_article.py

An article of 5 MB in 12,000 paragraphs, made of numbered sentences.
"""

from __future__ import annotations

import statistics
from pathlib import Path

from terminal import Terminal, home

from index import Library

BYTES = 5_000_000
PAGES = 40
ENTER, BACK = "\r", "q"
SENTENCE = (
    "Convoy {n} left the {n}th depot before dawn, and {n} lorries reached the bridge by noon. "
)


def write_article(folder: Path) -> None:
    """Writes the article, and a short one beside it."""
    paragraphs = [SENTENCE.format(n=n) * 5 for n in range(BYTES // (5 * len(SENTENCE)))]
    (folder / "long.txt").write_text("The long article\n\n" + "\n\n".join(paragraphs))
    (folder / "short.txt").write_text("A short article\n\nAbout nothing of the kind.")


def main() -> None:
    """Opens it, pages through it, and prints what that took."""
    with home() as folder:
        articles = Path(folder, "articles")
        articles.mkdir()
        write_article(articles)
        with Library.open([articles], cache_dir=f"{folder}/parallax") as library:
            library.update()
        reader = Terminal([str(articles)], folder)
        reader.until("ready")
        reader.until("The long article", "G")
        reader.rest(2)
        for time in ("first", "second"):
            print(f"opening 5 MB, {time:6} time    {reader.until('Convoy', ENTER) * 1000:6.0f} ms")
            reader.rest(3)
            if time == "first":
                reader.until("2 articles", BACK)
                reader.rest(3)
        times = []
        for _ in range(PAGES):
            times.append(reader.until("Convoy", " ") * 1000)
            reader.rest(0.1)
        middle, slowest = statistics.median(times), max(times)
        print(f"a page down                  {middle:6.0f} ms median {slowest:6.0f} ms slowest")
        print(f"to the end                   {reader.until('100%', 'G') * 1000:6.0f} ms")
        reader.leave()


if __name__ == "__main__":
    main()
