"""Values of records as nodes, and the styles and scripts of what is shown."""
