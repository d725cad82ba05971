"""Pure rules of synchronisation: no database, no clock."""
