"""What a managed chronic disease is, said once: whom it counts, its tables, forms, rules, checks and life in the simulated county.

A disease is a folder beside this one that says only what is its own:

    records.py     its two tables and the chapter of the specification it is managed by: a ManagedDisease
    elements.py    what only its form asks
    rules.py       when a visit is within target, what is a danger, the entry rules of its own values
    indicators.py  its indicators with the names they are printed by
    returns.py, checks.py, register.py, models.py   the same, of form, checks, registers and stored records
    simulate.py    the values its patients show
    parameters/, cases/, summary.md

The names stand in the disease's folder, written out: what an official reads is never put together from pieces.
"""
