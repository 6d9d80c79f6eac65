"""Masks what is personal in a letter, before anything of it is shown, quoted, stored or translated."""
