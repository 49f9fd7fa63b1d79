"""The desk 起草台: what an office does between the figures and the signature.

kinds          the kinds of document (month, digest, half-year, months one to N, year, special) and the periods they take
quantities     numbers typed into human text that must be answered for, each by its key
contradictions numbers of one document that cannot both be true
human          paragraphs people write: kept by section and period, with figures picked into them and typed numbers answered for
sections       who writes a section, by when, and how far it is
missing        for each missing figure: wait, print with coverage, leave out; and whom to telephone
plan           numbered next steps, and what became of the last document's
references     bulletins of a higher authority, as entered
assemble       the Document of a draft, out of all these
drafts         opening a draft, approving and publishing it
"""
