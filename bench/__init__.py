"""Speed and memory of the whole line, measured on simulated counties: `make bench SIZE=100000`."""
