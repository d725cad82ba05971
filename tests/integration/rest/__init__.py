"""REST: every operation, its errors, its document, and that it reaches open sockets."""
