"""The ways to NCMD, by name: typed into its portal, in a file, or over its interface."""

from exports.ncmd.gateways.api import Api
from exports.ncmd.gateways.file import File
from exports.ncmd.gateways.interface import Answer, Gateway, NotTaken, Outcome, Parcel
from exports.ncmd.gateways.manual import Manual

GATEWAYS: dict[str, Gateway] = {gateway.name: gateway for gateway in (Manual(), File(), Api())}

__all__ = ["GATEWAYS", "Answer", "Gateway", "NotTaken", "Outcome", "Parcel"]
