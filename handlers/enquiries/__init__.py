"""The firm and its enquiries."""
