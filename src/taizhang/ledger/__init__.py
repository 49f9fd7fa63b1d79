"""台账: the append-only columnar copy of the county's records, by version.

Delta Lake tables under HOME/ledger, written by one consumer from the queue of changes, read as lists of files that a version names.
It holds no names and no identity numbers. It is pseudonymous, not anonymous, and is kept so.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taizhang.ledger.models import LedgerVersion
    from taizhang.ledger.verification import VerifyReport


def rebuild() -> "LedgerVersion":
    """Make a new version of every table from the database alone. Older versions stay."""
    from taizhang.ledger import consumer

    return consumer.rebuild()


def verify() -> "VerifyReport":
    """Prove that database and latest version agree, and that its files are as they were written."""
    from taizhang.ledger import verification

    return verification.verify()
