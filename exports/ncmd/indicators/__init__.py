"""How complete and how timely the returns are, by the year and the quarter: what NCMD asks panels to watch."""
