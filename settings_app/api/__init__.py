"""REST about settings."""

from settings_app import openapi

__all__ = ["openapi"]
