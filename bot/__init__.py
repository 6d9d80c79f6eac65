"""Samenbot: the work of one sponsor group, in the chat it already has."""

__version__ = "0.1.0"
