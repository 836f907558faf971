"""Events, for those who come and those who invite."""
