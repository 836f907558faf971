"""Enquiry -> steps, region and the clusters that fit, with reasons."""

from bot.routing.ranking import Ranked, Reason
from bot.routing.router import Router, Routing
from bot.routing.telling import SHOWN, reasons, region_name, render, route_line

__all__ = ["SHOWN", "Ranked", "Reason", "Router", "Routing", "reasons", "region_name", "render", "route_line"]
