"""What is kept of a person: told, handed out, erased."""
