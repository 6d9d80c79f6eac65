"""What is true of sponsor groups, without any input or output."""
