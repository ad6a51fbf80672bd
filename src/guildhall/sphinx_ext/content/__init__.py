"""What authors write and Sphinx alone gets wrong: pictures, notebooks, marks, other sites."""
