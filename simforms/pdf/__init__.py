"""HTML becomes PDF; nothing in here knows what a case is."""
