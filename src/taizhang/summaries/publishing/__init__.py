"""Publishing 印发: what a document said is frozen, can be proved, and is compared with what came after.

frozen       a figure as it was published, with everything that says how it came about
members      the member lists behind published figures: copied beside the document, and counted again
prose        the published sentences, and which figure stands behind each number of them
publish      freeze a document, all or nothing; prove a publication; compute it again
correct      which published figures later corrections move, by how much and why; the note 更正说明
wordfile     the text of a .docx that somebody else wrote: read, never run
reading      text from outside in one way of writing, cut into sentences
handback     an edited Word file against the publication: figures changed, sentences gone or new, numbers typed by hand
known        which figure of the old period a number in a sentence was
rebind       旧稿换数: an earlier document's sentences with this period's figures
paper        notes, and drafts with new figures, as Word files
"""
