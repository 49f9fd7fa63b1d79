"""管理: organisations, staff, scopes, parameters, audit, the system."""
