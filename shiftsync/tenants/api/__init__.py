"""REST about accounts, restaurants and access under ``/api/``."""
