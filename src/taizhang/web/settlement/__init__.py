"""Settlement on pages: bills, the visits they pay for, findings looked at, advances, approval, and the assessment table."""
