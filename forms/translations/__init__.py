"""Forms in other languages: which texts there are, and the screens and workbooks in which they are translated."""
