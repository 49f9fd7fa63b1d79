"""The query model: a definition as a tree of frozen, typed nodes, read by the engines, the printers and the explanation."""
