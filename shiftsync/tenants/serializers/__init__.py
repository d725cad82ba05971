"""What tenants sends and takes, for the socket and REST alike."""
