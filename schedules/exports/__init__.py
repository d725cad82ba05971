"""A schedule out of the grid and back: CSV, Excel, iCalendar. Bytes in and out; nothing here writes to the database."""
