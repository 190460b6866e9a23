"""The till's file: facts that are never edited, what follows from them, and the catalogue it judges by."""
