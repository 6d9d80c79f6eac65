"""Letters in the private chat: sent, read, explained, and what their owner then does with them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.content import ROOT
from bot.store.letters import KEPT
from tests.story import Welcome

LETTERS = ROOT / "content" / "demo" / "letters"
WATER, INTERVIEW, HOSPITAL = (
    (LETTERS / f"{name}.txt").read_text("utf-8") for name in ("water", "interview", "hospital")
)


async def pastes(world: Welcome, who: Any, text: str) -> list[str]:
    return await world.says(who, text)


async def test_a_pasted_letter_is_explained_to_its_owner_alone(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.mark(agreed.group)
    said = await pastes(agreed, yusuf, WATER)
    print("\n".join(said))
    assert agreed.heard(agreed.group) == []
