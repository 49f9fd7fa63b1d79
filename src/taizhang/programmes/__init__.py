"""Lines of work 业务, a folder each."""
