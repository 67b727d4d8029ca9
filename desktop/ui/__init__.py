"""Qt screens and widgets: they show values and start operations; they hold no rules, no rows and no sessions."""
