// One message: bubble, formatted text, file, and the buttons under it.

import { avatar, drawing, element, stamp } from "./parts.js";
import { phrase } from "./words.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span",
};
const LINKS = new Set(["url", "text_link", "email"]);
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const FILE = "M7 3h7l5 5v13H7zM14 3v5h5";

export function messageNode(message, first, on) {
  if (message.service) return service(message);
  const node = element("article", { class: "message" });
  node.dataset.id = message.id;
  node.classList.toggle("mine", message.mine);
  node.classList.toggle("first", first);
  const whose = message.bot ? { key: "bot", name: message.name } : { key: message.who, name: message.name };
  if (!message.mine && on.named) node.append(first ? avatar(whose) : element("span", { class: "avatar none" }));
  const stack = element("div", { class: "stack" });
  stack.append(bubble(message, first, whose, on));
  for (const [row, buttons] of message.keyboard.entries()) stack.append(buttonRow(message, row, buttons, on));
  node.append(stack);
  return node;
}

function service(message) {
  const told = message.service;
  const node = element("div", { class: "service" });
  node.dataset.id = message.id;
  node.append(element("span", { dir: "auto" }, phrase(told.key, told)));
  return node;
}

function bubble(message, first, whose, on) {
  const node = element("div", { class: "bubble" });
  if (!message.mine && on.named && first) {
    const name = element("b", { class: "name", dir: "auto" }, message.name);
    name.dataset.who = whose.key || "other";
    node.append(name);
  }
  if (message.forwarded) node.append(element("small", { class: "forwarded" }, phrase("forwarded")));
  if (message.reply) node.append(quote(message.reply, on));
  if (message.file) node.append(file(message.file));
  if (message.text) {
    const text = element("div", { class: "text" });
    text.append(formatted(message.text, message.entities, on));
    node.append(text);
  }
  node.append(stamp(message));
  const more = element("button", { class: "icon more", "aria-label": phrase("menu"), title: phrase("menu") });
  more.append(drawing("M6 9l6 6 6-6"));
  more.onclick = (event) => (event.stopPropagation(), on.menu(message));
  node.append(more);
  node.oncontextmenu = (event) => {
    if (String(getSelection())) return;
    event.preventDefault();
    on.menu(message);
  };
  // On a phone a tap on the message opens its menu, as in Telegram's own app.
  node.onclick = (event) => {
    if (matchMedia("(hover: none)").matches && !event.target.closest("a, button, img")) on.menu(message);
  };
  return node;
}

function quote(reply, on) {
  const node = element("button", { class: "quote", dir: "auto" });
  node.append(element("b", {}, reply.name), element("span", {}, reply.text));
  node.onclick = () => on.find(reply.id);
  return node;
}

function file(given) {
  const address = `/files/${encodeURIComponent(given.id)}`;
  if (given.kind === "sticker") return element("span", { class: "sticker" }, given.emoji ?? "🙂");
  const link = element("a", { href: address, target: "_blank", rel: "noreferrer" });
  if (given.kind === "photo") {
    const picture = element("img", { src: address, alt: phrase("photo"), width: given.width, height: given.height, loading: "lazy" });
    link.className = "photo";
    link.append(picture);
    return link;
  }
  link.className = "file";
  const words = element("span");
  words.append(element("b", { dir: "auto" }, given.name || phrase(given.kind === "voice" ? "voice" : "file")), element("small", {}, size(given.size)));
  link.append(drawing(FILE), words);
  return link;
}

const size = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`);

function buttonRow(message, row, buttons, on) {
  const line = element("div", { class: "keys" });
  for (const [column, button] of buttons.entries()) {
    const key = element("button", { class: "key", title: button.text });
    key.append(element("span", { dir: "auto" }, button.text));
    if (button.url) key.classList.add("leads");
    key.onclick = async () => {
      key.classList.add("pressed");
      key.disabled = true;
      await on.press(message, row, column, button);
      key.classList.remove("pressed");
      key.disabled = false;
    };
    line.append(key);
  }
  return line;
}

// Text with the entities of the Bot API; their offsets are UTF-16, as JavaScript's strings are. Each line
// is a block with its own direction, so that Arabic and Dutch may stand in one message. (CSS could do that
// with unicode-bidi: plaintext, but Chromium then turns the brackets of such lines around.)
export function formatted(text, entities, on) {
  const made = document.createDocumentFragment();
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  let start = 0;
  for (const line of text.split("\n")) {
    const end = start + line.length;
    const block = element("div", { dir: direction(line) });
    const here = ordered.filter((entity) => entity.offset < end && entity.offset + entity.length > start);
    block.append(line ? piece(text, start, end, here, on) : element("br"));
    made.append(block);
    start = end + 1;
  }
  return made;
}

// A line runs as its first letter does; what lies in an isolate (FSI … PDI) has no say in it.
function direction(line) {
  const letter = /\p{L}/u.exec(line.replace(/\u2068[^\u2069]*\u2069/g, "")) ?? /\p{L}/u.exec(line);
  return letter && RIGHT_TO_LEFT.test(letter[0]) ? "rtl" : "ltr";
}

function piece(text, start, end, entities, on) {
  const made = document.createDocumentFragment();
  let at = start;
  for (const [i, entity] of entities.entries()) {
    const from = Math.max(start, entity.offset);
    const until = Math.min(end, entity.offset + entity.length);
    if (from < at || from >= end) continue;
    const inside = entities.slice(i + 1).filter((other) => other.offset < until);
    const node = entityNode(entity, text.slice(from, until), on);
    node.append(piece(text, from, until, inside, on));
    made.append(text.slice(at, from), node);
    at = until;
  }
  made.append(text.slice(at, end));
  return made;
}

function entityNode(entity, words, on) {
  if (LINKS.has(entity.type)) return link(entity, words, on);
  if (entity.type === "bot_command") {
    const node = element("a", { href: "#", class: "command" });
    node.onclick = (event) => (event.preventDefault(), on.command(words));
    return node;
  }
  const node = element(TAGS[entity.type] ?? "span");
  node.className = TAGS[entity.type] ? "" : entity.type;
  return node;
}

function link(entity, words, on) {
  const named = entity.type === "text_link" ? entity.url : words;
  const url = entity.type === "email" ? `mailto:${named}` : /^[a-z]+:/i.test(named) ? named : `https://${named}`;
  if (/^https:\/\/t\.me\//i.test(url)) {
    const node = element("a", { href: "#" });
    node.onclick = (event) => (event.preventDefault(), on.open(url));
    return node;
  }
  // Only what a browser opens harmlessly is a link; the rest (javascript:, data:) is just words.
  if (!/^(https?|mailto):/i.test(url)) return element("span");
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" });
}
