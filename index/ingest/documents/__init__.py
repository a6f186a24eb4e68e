"""Documents that hold one article: text, Markdown, and what office programs and printers make."""
