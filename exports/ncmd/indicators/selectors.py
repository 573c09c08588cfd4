"""Reading the limits that this area has set."""

import datetime as dt

from exports.models import NcmdLimits
from exports.ncmd.indicators.limits import Limits


def limits_in_force() -> Limits:
    return (NcmdLimits.objects.first() or NcmdLimits()).limits


def changed_since(moment: dt.datetime) -> bool:
    return NcmdLimits.objects.filter(changed_at__gt=moment).exists()
