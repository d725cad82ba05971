"""How many statements reading and writing may take."""
