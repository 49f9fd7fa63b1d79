"""One visit, one form; the examination day."""
