"""Numbers of workshops, learners and instructors by year, in plain Python."""
