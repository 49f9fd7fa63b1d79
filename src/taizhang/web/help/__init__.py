"""帮助: definitions, the first day, the manual."""
