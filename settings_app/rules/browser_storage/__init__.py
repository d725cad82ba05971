"""The browser's stored settings (``localStorage["shift-schedule-settings"]``): every historical form in, the current
form out."""
