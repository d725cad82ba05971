"""The wire protocol as documents, made from the registries: JSON Schema, TypeScript, and a page for people."""
