"""Keeping a home: backup and restore."""
