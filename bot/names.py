"""The names of the four clusters and of the twelve steps of the value chain, as content and database have them."""

from __future__ import annotations

from typing import Literal, get_args

# What subscribers choose is stored as bits by these orders: they stay for ever, and new names are added at the end.
ClusterId = Literal["foodregio", "nieke", "fpi", "giqs"]
StepId = Literal[
    "primary-production",
    "ingredients",
    "processing",
    "technology",
    "quality",
    "packaging",
    "logistics",
    "marketing",
    "resources",
    "skills",
    "research",
    "international",
]
CLUSTERS: tuple[ClusterId, ...] = get_args(ClusterId)
STEPS: tuple[StepId, ...] = get_args(StepId)
