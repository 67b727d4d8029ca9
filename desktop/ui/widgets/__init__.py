"""Small widgets that several screens share; they must know no service and no screen."""
