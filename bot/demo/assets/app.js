// The demo's page: who is played, what that person's app shows, and what the demo as a whole does.
// The server sends what changed (bot/demo/view.py); people's acts go back as verbs (bot/demo/actions.py).

import { Pane } from "./pane.js";
import { avatar, choose, element, snackbar } from "./parts.js";
import { dayAndTime, language, load, phrase, relabel, setLanguage, shortTime } from "./words.js";

const $ = (id) => document.getElementById(id);
const state = { me: "", people: [], chats: new Map(), outside: [], play: 0, group: null, story: null };
const clock = { at: 0, since: 0 };
let source, words, lastNotice, followed, pointed, sideDrawn;

export const app = {
  state,
  person: (key) => state.people.find((person) => person.key === key),
  act, open, openLink, show, look, switchTo, say: snackbar,
};
const panes = { group: new Pane($("group"), app), private: new Pane($("private"), app) };

// acts

async function act(verb, asked = {}) {
  try {
    const answer = await fetch(`/do/${verb}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ who: state.me, ...asked }),
    });
    const told = await answer.json();
    if (answer.ok) return told;
    console.warn(verb, told.error);
    snackbar(phrase("not_possible"));
  } catch {
    snackbar(phrase("lost"));
  }
  return null;
}

// A link as somebody follows it: their own chat opens, or a group is chosen. Elsewhere stays elsewhere.
async function openLink(url, who = state.me) {
  if (!url.startsWith("https://t.me/samenbot")) return snackbar(phrase("elsewhere"));
  const asked = { who, url };
  if (url.includes("startgroup=")) {
    const groups = [...state.chats.values()].filter((chat) => chat.kind === "group");
    if (groups.length) {
      const fresh = { label: phrase("new_group", { title: words.group_title }), value: "new" };
      const given = groups.map((group) => ({ label: group.title, value: group.id }));
      const chosen = await choose(phrase("which_group"), [...given, fresh]);
      if (chosen === null) return;
      if (chosen !== "new") asked.group = chosen;
    }
  }
  const told = await act("open_link", asked);
  if (!told) return;
  if (who !== state.me) switchTo(who);
  if (told.chat < 0) state.group = told.chat;
  show(told.chat < 0 ? "group" : "private");
}

// A link in a text is there to be sent on: in the demo one chooses who opens it.
async function open(url) {
  if (!url.startsWith("https://t.me/samenbot")) return snackbar(phrase("elsewhere"));
  if (!/[?&]start=/.test(url)) return openLink(url);
  const people = state.people.map((person) => ({
    label: `${person.name} · ${person.role[language()]}`, value: person.key, avatar: person,
  }));
  const who = await choose(phrase("open_as"), people, phrase("open_as_why"));
  if (who !== null) await openLink(url, who);
}

// what is shown

function switchTo(who, keep = false) {
  if (who === state.me) return;
  state.me = who;
  for (const pane of Object.values(panes)) pane.composer.turn();
  history.replaceState(null, "", `#${who}`);
  source?.close();
  source = new EventSource(`/events?who=${who}`);
  source.onmessage = (event) => tell(JSON.parse(event.data));
  source.onerror = () => snackbar(phrase("lost"));
  if (!keep) document.body.dataset.view = "list";
}

function show(kind) {
  document.body.dataset.chat = kind;
  look("chat");
}

// On a phone: the list, or one chat.
function look(view) {
  document.body.dataset.view = view;
  renderPanes();
}

function tell(news) {
  if (news.fresh) {
    state.chats.clear();
    panes.group.clear();
    panes.private.clear();
  }
  if (news.people) state.people = news.people;
  if (news.outside) state.outside = news.outside;
  if (news.chats) take(news.chats);
  if (news.now) Object.assign(clock, { at: news.now * 1000, since: performance.now() });
  if (news.notice && news.notice.number !== lastNotice) {
    if (lastNotice !== undefined) snackbar(phrase(news.notice.phrase), 6000);
    lastNotice = news.notice.number;
  }
  lastNotice ??= news.notice?.number ?? 0;
  state.story = news.story;
  if (news.play !== state.play) Object.assign(state, { play: news.play, group: null });
  renderSide();
  renderPanes();
  renderStory();
  renderMoving(news.moving);
  tick();
}

function take(chats) {
  const present = new Set(chats.map((chat) => chat.id));
  for (const id of state.chats.keys()) if (!present.has(id)) state.chats.delete(id);
  for (const chat of chats) {
    const known = state.chats.get(chat.id) ?? { messages: new Map(), news: new Map() };
    for (const id of chat.gone) known.messages.delete(id), known.news.set(id, null);
    for (const message of chat.messages) known.messages.set(message.id, message), known.news.set(message.id, message);
    state.chats.set(chat.id, { ...chat, messages: known.messages, news: known.news });
  }
}

function renderPanes() {
  const me = app.person(state.me);
  const groups = [...state.chats.values()].filter((chat) => chat.kind === "group");
  const group = groups.find((chat) => chat.id === state.group) ?? groups.at(-1);
  panes.group.show(group, me);
  panes.private.show([...state.chats.values()].find((chat) => chat.kind === "private"), me);
}

// Only what looks different is drawn again, so that nothing moves from under a finger.
function renderSide() {
  const chats = [...state.chats.values()].map((chat) => [chat.id, chat.title, chat.unread, [...chat.messages.values()].at(-1)]);
  const drawn = JSON.stringify([language(), state.me, state.people, state.outside, chats]);
  if (drawn === sideDrawn) return;
  sideDrawn = drawn;
  $("people").replaceChildren(...state.people.map((person) => {
    const chip = element("button", { class: "person", "aria-pressed": person.key === state.me });
    chip.dataset.person = person.key;
    chip.append(avatar(person), element("b", {}, person.name), element("small", {}, person.role[language()]));
    if (person.unread && person.key !== state.me) chip.append(element("i", { class: "badge" }, person.unread));
    chip.onclick = () => switchTo(person.key);
    return chip;
  }));
  const rows = [...state.chats.values()].map((chat) => chatRow(chat));
  const outside = state.outside.map((group) => {
    const row = element("div", { class: "chat outside" });
    const join = element("button", { class: "plain" }, phrase("join"));
    join.onclick = () => act("join", { chat: group.id });
    row.append(avatar({ key: "group", name: group.title }), element("b", { dir: "auto" }, group.title), join);
    return row;
  });
  $("chats").replaceChildren(...rows, ...outside);
}

function chatRow(chat) {
  const row = element("button", { class: "chat" });
  row.dataset.kind = chat.kind;
  const last = [...chat.messages.values()].at(-1);
  const text = last?.text || (last?.file ? last.file.name || phrase(last.file.kind === "document" ? "file" : last.file.kind) : "");
  row.append(avatar({ key: chat.kind === "private" ? "bot" : "group", name: chat.title }));
  row.append(element("b", { dir: "auto" }, chat.title));
  if (last) row.append(element("time", {}, shortTime(last.date * 1000)));
  row.append(element("span", { dir: "auto" }, text.split("\n")[0]));
  if (chat.unread) row.append(element("i", { class: "badge" }, chat.unread));
  row.onclick = () => {
    if (chat.kind === "group") state.group = chat.id;
    show(chat.kind);
  };
  return row;
}

function renderStory() {
  const story = state.story;
  $("story").hidden = !story;
  document.body.classList.toggle("telling", Boolean(story));
  if (!story) return;
  $("step").textContent = `${story.step} / ${story.of}`;
  $("caption").textContent = story.caption?.[language()] ?? "";
  if (story.who && story.step !== followed) {
    followed = story.step;
    // The page goes along to whoever acts, and to the chat in which they do.
    if (story.who !== state.me) switchTo(story.who, true);
    show(story.where);
  }
  if (story.finger && story.step !== pointed) {
    pointed = story.step;
    panes[story.where].point(story.finger.message, story.finger.words);
  }
}

function renderMoving(moving) {
  $("progress").hidden = !moving;
  if (moving) $("progress").firstElementChild.style.width = `${Math.round(moving.share * 100)}%`;
  const busy = Boolean(moving || state.story);
  for (const button of document.querySelectorAll("[data-move], #tell, #again")) button.disabled = busy;
  document.body.classList.toggle("moving", Boolean(moving));
}

function tick() {
  if (clock.at) $("now").textContent = dayAndTime(clock.at + performance.now() - clock.since);
}

// the bar

function begin() {
  for (const button of document.querySelectorAll("[data-move]")) {
    button.onclick = () => act("move", { by: button.dataset.move });
  }
  const pace = Number(new URLSearchParams(location.search).get("pace") ?? 1);
  $("tell").onclick = () => ((followed = pointed = 0), act("tell", { pace }));
  $("stop").onclick = () => act("stop");
  $("again").onclick = async () => {
    const sure = await choose(phrase("again_sure"), [{ label: phrase("again"), value: true }]);
    if (sure) await act("again");
  };
  for (const button of document.querySelectorAll("[data-language]")) {
    button.onclick = () => (setLanguage(button.dataset.language), renderAll());
  }
  setInterval(tick, 1000);
}

function renderAll() {
  relabel(document);
  panes.group.clear(true);
  panes.private.clear(true);
  renderSide();
  renderPanes();
  renderStory();
  tick();
}

words = await load();
begin();
renderAll();
const wanted = location.hash.slice(1);
switchTo(words.people.includes(wanted) ? wanted : words.people[0]);
