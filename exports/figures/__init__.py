"""The figures of the annual report: what each counts, how it is counted, and how it is shown to whom."""
