"""Publications in the database: which one is shown of a month, what a viewer is told of it, and who has seen it."""
