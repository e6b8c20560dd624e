"""What a plan looks like: the first screen and the details after it, JSON, a calendar. All of it is read off the matters."""
