"""待办: who is due, overdue and why; the day's end."""
