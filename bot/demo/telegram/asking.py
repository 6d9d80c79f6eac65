"""Methods by which the bot looks around or goes (Bot API, "getMe", "getChat", "getFile", "leaveChat")."""

from __future__ import annotations

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.files import DOWNLOAD_LIMIT
from bot.demo.telegram.gatherings import Gatherings
from bot.demo.telegram.people import Member
from bot.demo.telegram.sending import Method
from bot.demo.telegram.wire import Object, Params, bad_request


def get_me(telegram: Gatherings, _: Params) -> Object:
    return {
        **telegram.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not telegram.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(telegram: Gatherings, params: Params) -> Object:
    return telegram.reach(params.text("chat_id"), writing=False).full()


def get_chat_member(telegram: Gatherings, params: Params) -> Object:
    """What somebody is in a chat; who never came is "left", who does not exist a 400."""
    chat = telegram.reach(params.text("chat_id"), writing=False)
    user_id = params.integer("user_id")
    user = telegram.user(user_id)
    if user is None or (chat.private and user_id not in {chat.id, telegram.bot_id}):
        raise bad_request("PARTICIPANT_ID_INVALID" if chat.type == "supergroup" else "member not found")
    telegram.met.add(user_id)
    member = Member() if chat.private else chat.member(user_id)
    return member.shown(user)


def get_chat_administrators(telegram: Gatherings, params: Params) -> list[Object]:
    """All admins but other bots; none of the anonymous ones is left out."""
    chat = _gathering(telegram, params, "there are no administrators in the private chat")
    admins = [(user_id, member) for user_id, member in chat.members.items() if member.admin]
    users = [(telegram.user(user_id), member) for user_id, member in admins]
    return [member.shown(user) for user, member in users if user is not None]


def get_chat_member_count(telegram: Gatherings, params: Params) -> int:
    chat = telegram.reach(params.text("chat_id"), writing=False)
    return 2 if chat.private else sum(member.present for member in chat.members.values())


def leave_chat(telegram: Gatherings, params: Params) -> bool:
    chat = _gathering(telegram, params, "chat member status can't be changed in private chats")
    telegram.bot_leaves(chat)
    return True


def get_file(telegram: Gatherings, params: Params) -> Object:
    """Where to download a file. Raises ApiError 400 over 20 MB and for what is no file."""
    stored = telegram.files.find(params.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.declared_size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**stored.reference(), "file_path": stored.path}


def answer_callback_query(telegram: Gatherings, params: Params) -> bool:
    return telegram.presses.answer(params, telegram.bot_url)


def _gathering(telegram: Gatherings, params: Params, refusal: str) -> Chat:
    chat = telegram.reach(params.text("chat_id"), writing=False)
    if chat.private:
        raise bad_request(refusal)
    return chat


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "getchatadministrators": get_chat_administrators,
    "getchatmembercount": get_chat_member_count,
    "leavechat": leave_chat,
    "getfile": get_file,
    "answercallbackquery": answer_callback_query,
    "setmycommands": lambda t, p: t.menus.set_commands(p),
    "getmycommands": lambda t, p: t.menus.get_commands(p),
    "deletemycommands": lambda t, p: t.menus.delete_commands(p),
    "setmydescription": lambda t, p: t.menus.set_description(p, "description"),
    "getmydescription": lambda t, p: t.menus.get_description(p, "description"),
    "setmyshortdescription": lambda t, p: t.menus.set_description(p, "short_description"),
    "getmyshortdescription": lambda t, p: t.menus.get_description(p, "short_description"),
    "setchatmenubutton": lambda t, p: t.menus.set_button(p),
    "getchatmenubutton": lambda t, p: t.menus.get_button(p),
}
