"""Which cluster fits: by buttons and by writing."""
