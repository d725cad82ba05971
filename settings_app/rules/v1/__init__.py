"""How version 1 clients write settings down: keys at the top of a row, one object for the limits of a day and for the solver."""
