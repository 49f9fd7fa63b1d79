"""What the words tie together. Each module finds relations of a kind or two in a sentence, or in the whole document, and judges them."""
