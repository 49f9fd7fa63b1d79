"""文稿核对: every figure in a Chinese work summary, tested against the others of the same text.

    files.py      a file's bytes → its text (txt, Word, PDF with a text layer), or a refusal
    cleaning.py   the text as people meant it, with the way back to every place in the text as read
    tokens.py     characters → typed tokens (numbers, scales, units, days, masks, words that compare, add, share out)
    amounts.py    tokens → quantities, by a grammar: 约1.2万余人 is an interval of 人
    reading.py    quantities in their sentences: label, noun, period, place, role, series (分别)
    relations/    what the words tie together: ratio, sum, part, growth, change, completion, average, count, repeat, shared denominator
    verdicts.py   interval arithmetic: consistent, rounding, inconsistent, untestable; and the usual cause
    check.py      all of it; the result as Python and as JSON
    word.py       the text given back as Word, with a comment at each spot

No Django, no floats, nothing fetched, nothing logged. Two things are compared only where the words tie them together.
"""
