"""What a panel reads of a case: the collated record without anybody’s name, every passage confirmed by a person.

`scanning` and what it is made of (`names`, `patterns`, `ordinary`, `distances`) are plain Python and never meet the
database.
"""
