"""Trying Samenbot on this machine alone: a Telegram of its own, a page to chat in, a story to play."""
