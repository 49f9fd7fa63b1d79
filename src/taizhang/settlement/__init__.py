"""Settlement 结算: what each unit did for the public-health programme and what it is paid for it; and the year's assessment table."""
