"""The encrypted store: the only package that speaks SQL. Domain values go in and come out; rows never leave it."""
