"""Announcements, for those who send them."""
