"""A plan becomes papers: HTML, PDF, pictures or text, each with its manifest."""
