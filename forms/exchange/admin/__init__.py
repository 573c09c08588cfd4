"""Screens in the admin on which a form is taken out as a file, and brought in from one."""
