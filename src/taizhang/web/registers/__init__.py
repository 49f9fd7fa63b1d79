"""登记簿: lists, forms, files and history of every register, from its declaration."""
