"""The packet tab: what is enclosed with a letter, what is blacked out in it, and the files that leave the house."""
