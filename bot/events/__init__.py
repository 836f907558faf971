"""Events: what takes place where and when, who comes, who waits for a seat, and what calendars are told."""
