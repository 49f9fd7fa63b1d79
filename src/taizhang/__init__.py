"""Taizhang (台账): from the record a village doctor writes once to the figure in the bureau's work summary, with the way back."""

__version__ = "0.1.0"
