"""Publications in the database: which one of a month is shown, what a viewer gets of it, and who has seen it."""
