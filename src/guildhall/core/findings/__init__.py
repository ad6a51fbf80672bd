"""What checks find: rules, findings and how much each matters. Plain data that knows no check."""
