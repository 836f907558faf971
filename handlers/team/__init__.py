"""Who may do what: roles, linked groups, and the log of acts."""
