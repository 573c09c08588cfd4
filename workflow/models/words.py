"""What staff write in their own words may name somebody, so it is sealed like the answers of notifiers."""

from django.db import models

from forms.sealing import unseal


def unsealed(column: str) -> property:
    """A property that opens the text sealed in `column`; empty when there is none."""

    def read(row: models.Model) -> str:
        token = getattr(row, column)
        return unseal(token) if token else ""

    return property(read)
