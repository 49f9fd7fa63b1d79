"""The national schedule 免疫程序, as tables by date and as pure functions over a child's doses."""
