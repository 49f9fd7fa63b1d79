"""居民: finding a person, and everything about one."""
