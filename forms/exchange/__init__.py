"""Forms that come and go as files: no lock-in. Reading and writing are pure functions over FormSchema.

Every format is a `Format` in `formats.py`; docs/exchange.md says what each one cannot carry.
"""
