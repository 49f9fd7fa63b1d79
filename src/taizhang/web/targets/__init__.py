"""任务: the county's task, split, revised, and who would close the gap."""
