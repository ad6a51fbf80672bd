"""When workshops take place: their times, sessions and state on a day."""
