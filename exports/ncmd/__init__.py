"""The return to the National Child Mortality Database (NCMD): what goes, in which stage, and what became of it."""
