"""The determination screen: a decision per service line and the sign-off that closes it."""
