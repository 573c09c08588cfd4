"""The only place that writes prepared exports. What takes long is done by a task, or by `run_due`."""

from exports.prepared.services.asking import ask_for, expire_prepared, give_up
from exports.prepared.services.fetching import fetch
from exports.prepared.services.working import prepare_further, work

__all__ = ["ask_for", "expire_prepared", "fetch", "give_up", "prepare_further", "work"]
