"""Messages to people: in the editors' words, kept until they have gone, never naming a child."""
