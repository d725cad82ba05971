"""REST clients, as the other suites have them."""

from tests.integration.rest.conftest import as_role, document, manager, other_world, owner, viewer

__all__ = ["as_role", "document", "manager", "other_world", "owner", "viewer"]
