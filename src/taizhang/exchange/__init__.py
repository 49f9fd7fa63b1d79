"""Files in and out: Excel and CSV, checked whole, with a reason beside every refused row."""
