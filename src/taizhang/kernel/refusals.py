"""What every refusal has in common: its message is for a user."""


class Refusal(Exception):
    """Something that a user can mend. The message says what was wrong, where, and what to do; pages and commands show it as it is,
    without a traceback. Anything that is no Refusal is a fault of the program and shows itself as one."""
