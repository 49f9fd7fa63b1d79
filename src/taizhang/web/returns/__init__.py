"""报表: entry, checks, submission and acceptance, tier by tier."""
