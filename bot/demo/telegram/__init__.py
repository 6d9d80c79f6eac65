"""A stand-in for the Telegram Bot API service on one machine, faithful where bots go wrong.

It speaks the wire protocol itself (dict in, dict out) and knows no bot library. Source of the
behaviour: https://core.telegram.org/bots/api, /bots/features#privacy-mode and /bots/faq (limits).
"""

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.files import UploadedFile
from bot.demo.telegram.http import application
from bot.demo.telegram.limits import Limits
from bot.demo.telegram.people import Account
from bot.demo.telegram.presses import Press, Toast
from bot.demo.telegram.service import ConnectionDropped, LocalTelegram, Unreachable
from bot.demo.telegram.talk import NotPossible

__all__ = [
    "Account",
    "Chat",
    "ConnectionDropped",
    "Limits",
    "LocalTelegram",
    "NotPossible",
    "Press",
    "Toast",
    "Unreachable",
    "UploadedFile",
    "application",
]
