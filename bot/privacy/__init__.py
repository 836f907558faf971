"""What a person is told of their data, what they get of it, and how it goes."""
