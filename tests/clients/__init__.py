"""Clients that others generate from our OpenAPI document, and the guide that tells how to use them."""
