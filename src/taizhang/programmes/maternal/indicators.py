"""Indicators of maternal and child health: of care, of transmission from mother to child, of births and deaths.

What records can count is counted from them, and from the return where a unit only reports.
"""

from taizhang.programmes.maternal import births, care, populations, transmission

POPULATIONS = populations.ALL
INDICATORS = (*care.ALL, *transmission.ALL, *births.ALL)
