"""Children who died outside the United Kingdom."""
