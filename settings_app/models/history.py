"""The history of settings, found by restaurant and version: that is the audit trail."""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

INDEX_NAME_LENGTH = 30


class TrailRecords(HistoricalRecords):  # type: ignore[misc]  # it ships no types
    """Like the history of any model, with an index for reading a restaurant's trail page by page."""

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """The options of the historical model."""
        options: dict[str, Any] = super().get_meta_options(model)
        name = f"{str(model._meta.model_name)[: INDEX_NAME_LENGTH - 6]}_trail"
        trail = models.Index(fields=["restaurant", "revision", "history_id"], name=name)
        return {**options, "indexes": [*options.get("indexes", ()), trail]}


def trailed(*unindexed: str) -> TrailRecords:
    """The history of a model. ``unindexed``: foreign keys that it is not searched by."""
    return TrailRecords(user_db_constraint=False, no_db_index=["restaurant", *unindexed])
