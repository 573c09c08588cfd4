"""The only place that writes returns to the national database."""

from exports.ncmd.services.batching import (
    confirm_sent,
    hand_over_all,
    make_batch,
    read_answers,
    take_file,
    withdraw_batch,
)
from exports.ncmd.services.carrying import ask, deliver, deliver_waiting
from exports.ncmd.services.hearing import hear
from exports.ncmd.services.moving import move
from exports.ncmd.services.queueing import case_moved, queue_due
from exports.ncmd.services.sending import hand_over, try_again, withdraw

__all__ = [
    "ask",
    "case_moved",
    "confirm_sent",
    "deliver",
    "deliver_waiting",
    "hand_over",
    "hand_over_all",
    "hear",
    "make_batch",
    "move",
    "queue_due",
    "read_answers",
    "take_file",
    "try_again",
    "withdraw",
    "withdraw_batch",
]
