"""The only place that writes returns to the national database."""

from exports.ncmd.services.carrying import ask, deliver, deliver_waiting
from exports.ncmd.services.hearing import hear
from exports.ncmd.services.moving import move
from exports.ncmd.services.queueing import case_moved, queue_due
from exports.ncmd.services.sending import hand_over, try_again, withdraw

__all__ = [
    "ask",
    "case_moved",
    "deliver",
    "deliver_waiting",
    "hand_over",
    "hear",
    "move",
    "queue_due",
    "try_again",
    "withdraw",
]
