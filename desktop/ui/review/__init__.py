"""The review screen: criteria beside the record, and the words that prove them; it decides nothing by itself."""
