"""What is the article and what is not: site furniture, and what was said before."""
