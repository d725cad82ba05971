"""What the server sends to addresses that users have named: where it may go, and how it gets there."""
