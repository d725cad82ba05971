"""Installs, upgrades and restores by the blocks of docs/operations.md, on this machine but in namespaces of its own: ``make test-install``."""
