"""Engines: the same tree evaluated by plain Python (the judge) and compiled to SQL (the worker). They must agree to the last unit."""
