"""Questions, and the clusters as cards and pictures."""
