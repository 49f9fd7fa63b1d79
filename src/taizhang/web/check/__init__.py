"""文稿核对: a text's numbers tested."""
