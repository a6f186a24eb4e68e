"""Articles set against each other: related coverage, stories, passages, figures, quotations.

Plain functions from records to records. NumPy is loaded when the first of them needs it.
"""

from index.compare.comparison import compare
from index.compare.coverage import Coverage
from index.compare.terms import term_vector

__all__ = ["Coverage", "compare", "term_vector"]
