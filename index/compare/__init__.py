"""Articles set against each other: related coverage, stories, passages, figures, quotations.

Plain functions from records to records. NumPy is loaded when the first of them needs it.
"""

from index.compare.comparison import compare
from index.compare.coverage import Coverage
from index.compare.passages import align, in_order
from index.compare.terms import term_vector

__all__ = ["Coverage", "align", "compare", "in_order", "term_vector"]
