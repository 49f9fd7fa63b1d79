"""The county: divisions, organisations, staff and scopes, residents and households, and the record of every change and read."""
