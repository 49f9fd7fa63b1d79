"""The simulated county: synthetic people, three tiers of organisations and a clock, reproducible from a seed."""
