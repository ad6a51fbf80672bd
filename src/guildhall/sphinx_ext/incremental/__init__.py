"""What makes an incremental build equal to a clean one."""
