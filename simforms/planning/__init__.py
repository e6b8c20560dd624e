"""Values become a plan: how to cancel, by when, with which papers."""
