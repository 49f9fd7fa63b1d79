"""Several counties under one city or province: the same definitions over all of them, each county counted for itself.

A county either shares its ledger, a folder on storage that the city's engine reads, or keeps its persons at home and hands up a package of
figures. Both end as a package; the city's figures are those of its packages, laid over one tree.
"""
