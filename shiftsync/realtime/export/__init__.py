"""The wire protocol as documents generated from the registries: JSON Schema, TypeScript, and a page for people."""
