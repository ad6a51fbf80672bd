"""Pages of external lessons: strangers wrote them, so they show and do nothing else."""
