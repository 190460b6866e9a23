"""What a till and the server say to each other, and the campaign document: shapes, checked field by field."""
