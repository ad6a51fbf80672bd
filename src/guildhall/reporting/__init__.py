"""How the check reports: one outcome, shown to people, to programs, and on the site itself."""
