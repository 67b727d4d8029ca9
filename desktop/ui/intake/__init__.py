"""The intake screen: the record of a case typed or read in, saved as drafts; it judges nothing itself."""
