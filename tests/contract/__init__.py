"""The wire contract, message by message, over real sockets."""
