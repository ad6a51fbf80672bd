"""What CodeRefinery's site and the sites of its workshops hold, as records."""

DEFAULT_ZONE = "Europe/Stockholm"
"""The zone of workshops of which nothing says where they were."""
