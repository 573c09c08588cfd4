"""REDCap: the data dictionary, a CSV of eighteen columns that a project’s questions are made from."""

from forms.exchange.redcap.losses import LOSSES
from forms.exchange.redcap.read import read
from forms.exchange.redcap.write import write

__all__ = ["LOSSES", "read", "write"]
