"""报表: figures that units report on forms, as data.

One more form is a matter of minutes. In the folder of its line of work, `returns.py`:

    FORM = form("folic_acid", "叶酸发放报表", "Folic acid supply", SOURCE,
                flow("women", "发放叶酸的妇女", "Women supplied with folic acid", "人"),
                flow("tablets", "发放叶酸片", "Bottles of folic acid supplied", "瓶"))

and `indicators.py`, a line for each figure:

    WOMEN = reported(FORM, "women", better=HIGHER, why=("…", "…"))

Entry, import, cross-checks, the ledger, figures, trace and the missing list come from these declarations; a sentence in
`summary.md` brings the figure into the work summary.
"""
