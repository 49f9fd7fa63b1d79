"""The work summary 工作总结: templates whose every number is a figure, and the documents made from them.

templates   reads a programme's summary.md; unknown names stop the build, all listed
phrases     the phrase kit: one declaration for each kind of sentence, with its condition and its two wordings
render      a template sentence and figures become a sentence of words and figure spans, or an entry of the missing list
numbers     numbers in Chinese running text, found, valued and sorted: the one reader, for desk and publishing
drafting    opening, problems and next steps, drafted from figures
build       the document of an organisation and a period
word        that document as .docx in the layout of GB/T 9704: the clean copy 清稿 and the review copy 校核稿
"""
