"""Funding calls: their facts, whether one may fit, who is reminded of the cut-off and when."""
