"""Settings, and the home that a running Taizhang works in."""
