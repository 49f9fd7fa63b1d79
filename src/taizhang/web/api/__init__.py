"""The JSON interface, from the registers' declarations."""
