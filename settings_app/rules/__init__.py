"""Pure rules of the settings: shapes, migration, copying, comparing. No ORM, no clock, no randomness of their own."""
