"""待办: what every line of work owes every resident, kept as rows that are written anew in the transaction that changes a record.

The room knows the registry, no line of work. `listing` writes the rows, pages read them; a visit's draft and its receipt stand here too.
"""
