"""API clients in the Wagtail admin: made, seen and revoked by administrators."""
