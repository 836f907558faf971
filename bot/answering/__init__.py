"""Question -> Reply: entities, facets, matcher, bands."""
