"""Forms for other systems: read what is asked, send answers. The router is `router`; the site gives it an address."""
