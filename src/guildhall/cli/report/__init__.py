"""What commands tell: findings, failures, and how much was checked."""
