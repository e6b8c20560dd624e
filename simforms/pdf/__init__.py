"""HTML becomes PDF; it knows no case, and it is the only place that knows the PDF libraries."""
