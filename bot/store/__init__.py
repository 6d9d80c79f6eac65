"""What is remembered: tables, one room's memory, and the rows that are due."""
