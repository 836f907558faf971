"""Announcements: when they go out, to whom, and when a subscriber must not be disturbed."""
