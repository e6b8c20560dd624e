"""What a plan looks like: the first screen and the details after it, JSON, a calendar. All of it comes from the matters."""
