"""The pages that people see on their phones."""
