"""What was changed: the log of it, how to see it, and the way back."""
