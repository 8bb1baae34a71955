"""Ten dots."""
