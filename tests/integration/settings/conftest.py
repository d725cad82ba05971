"""REST clients and desks at the admin, as the other suites have them."""

from tests.integration.admin.conftest import at_desk
from tests.integration.rest.conftest import as_role, document, manager, other_world, owner, viewer

__all__ = ["as_role", "at_desk", "document", "manager", "other_world", "owner", "viewer"]
