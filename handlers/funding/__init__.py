"""Funding calls, for those who may apply and those who tell of them."""
