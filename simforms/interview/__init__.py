"""Which question comes next, and what an answer means; it knows neither terminal nor browser."""
