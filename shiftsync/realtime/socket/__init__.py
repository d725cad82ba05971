"""One client's conversation: the handshake, its requests in order, and their handlers."""
