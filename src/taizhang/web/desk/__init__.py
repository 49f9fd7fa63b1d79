"""工作总结: the desk behind the document."""
