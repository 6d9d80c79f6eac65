"""What people mean: times in the words they use."""
