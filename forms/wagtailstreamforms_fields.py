"""Found by name: importing the kinds puts each into the library's registry (`wagtailstreamforms.fields`)."""

from forms.kinds import choices, dates, files, groups, numbers, text

__all__ = ["choices", "dates", "files", "groups", "numbers", "text"]
