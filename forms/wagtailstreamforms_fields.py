"""Found by name: importing the kinds puts each into the library's registry (`wagtailstreamforms.fields`)."""

from forms.kinds import choices, dates, files, given, grids, groups, moments, numbers, text

__all__ = ["choices", "dates", "files", "given", "grids", "groups", "moments", "numbers", "text"]
