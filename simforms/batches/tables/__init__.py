"""A table becomes records: CSV, XLSX, lines of JSON, or a folder of cases."""
