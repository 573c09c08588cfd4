"""Words about forms, in templates."""

from django import template

from forms.kinds import kind_label

register = template.Library()
register.filter("kind_label", kind_label)
