"""Plain questions about the rules of a restaurant: which row of the settings an answer is, and what an answer changes."""
