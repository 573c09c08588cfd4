"""A plain Wagtail project beside ours: its own FormPage, and wagtailstreamforms as its manual sets it up."""
