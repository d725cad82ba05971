"""The constraint model: the terms of a problem for CP-SAT, and the search."""
