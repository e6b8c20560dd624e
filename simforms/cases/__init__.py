"""What the person wrote: texts become values, answers become a case."""
