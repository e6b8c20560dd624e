"""What simforms knows, each thing read from a file: fields, documents, carriers, banks, rules."""
