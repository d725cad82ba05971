"""The admin: through the services, reaching open sockets, and nobody else's rows."""
