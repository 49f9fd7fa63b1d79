"""One visit, one form: put together from the registers of every duty that is open for the person."""
