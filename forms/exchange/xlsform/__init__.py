"""XLSForm: the spreadsheet that ODK, KoboToolbox and others build forms from (xlsform.org)."""

from forms.exchange.xlsform.losses import LOSSES
from forms.exchange.xlsform.read import read
from forms.exchange.xlsform.write import write

__all__ = ["LOSSES", "read", "write"]
