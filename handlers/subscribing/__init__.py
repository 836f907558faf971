"""What a person gets, and when."""
