"""Feeds and files of others: what they hold becomes drafts, and nothing of it is sent by itself."""
