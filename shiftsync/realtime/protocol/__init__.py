"""What may cross the wire: the envelope, and the registries of topics, broadcasts and answers."""
