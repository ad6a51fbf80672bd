"""The settings of a portal: ``portal.yml``, part by part."""
