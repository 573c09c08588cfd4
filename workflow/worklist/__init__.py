"""Who keeps which case going, what each of them has to do, and the sight of the whole area."""
