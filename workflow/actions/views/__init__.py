"""Screens about actions, and the page of an organisation's link."""
