"""What the tests share: server processes, clients that speak the protocol, sample data."""
