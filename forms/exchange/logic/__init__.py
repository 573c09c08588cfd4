"""Conditions as the expressions of other systems, and back.

`tree` reads an expression (XPath of XLSForm, branching logic of REDCap: both share its grammar), `understand` finds the
condition in it, `xpath` and `branching` write one.
"""
