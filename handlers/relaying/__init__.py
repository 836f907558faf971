"""What leaves from the outbox: cards, entries and notices of enquiries."""
