"""SQL written by hand, where the ORM costs several times as much for each cell."""
