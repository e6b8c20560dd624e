"""Values become a plan: which way works, by when, with which papers."""
