"""What this room tells the rooms above it."""

from django.dispatch import Signal

# Sent with `submission=` and `draft=` (None unless a person sent it) inside the transaction that stores it: a receiver
# that fails undoes the submission.
submission_received = Signal()
# Sent with `rows=` by what is written once, inside the transaction that stores it: the audit log listens.
written_once = Signal()
