"""Which question comes next, what an answer means, how it was understood; knows neither terminal nor browser."""
