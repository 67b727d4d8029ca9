"""The letter screen: blocks, the block being written, and the very PDF that will leave the house."""
