"""The work of the staff in its chats."""
