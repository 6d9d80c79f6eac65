// One chat on the screen: its head, pinned message, messages, and where one writes.

import { Composer } from "./composer.js";
import { messageNode } from "./message.js";
import { avatar, choose, element } from "./parts.js";
import { language, longDay, phrase } from "./words.js";

const NEAR = 120; // pixels from the bottom within which the newest message stays in sight

export class Pane {
  constructor(root, app) {
    this.root = root;
    this.app = app;
    root.append(document.getElementById("pane").content.cloneNode(true));
    this.find = (selector) => root.querySelector(selector);
    this.log = this.find(".log");
    this.composer = new Composer(this);
    this.find(".back").onclick = this.find(".me").onclick = () => app.look("list");
    this.find(".more").onclick = () => this.menu();
    this.find(".down").onclick = () => this.toEnd();
    this.find(".start").onclick = () => this.start();
    this.find(".pinned").onclick = () => this.chat?.pinned && this.seek(this.chat.pinned.id);
    this.log.onscroll = () => this.scrolled();
    // A picture takes its room only once it is there.
    this.log.addEventListener("load", () => this.follows && this.toEnd(), true);
    this.clear();
  }

  // Forgets what is drawn; with `keep` the same messages are drawn again (in other words).
  clear(keep = false) {
    this.nodes = new Map();
    this.lastDay = this.lastWho = this.readUntil = undefined;
    this.open = false;
    this.follows = true; // until somebody looks further up
    this.lastTop = 0;
    this.log.replaceChildren();
    if (keep) this.shown = null;
    else this.chat = this.shown = null;
  }

  get visible() {
    return document.visibilityState === "visible" && this.root.offsetParent !== null;
  }

  show(chat, me) {
    this.me = me;
    if (this.shown !== chat?.id) {
      this.clear();
      if (chat) for (const [id, message] of chat.messages) chat.news.set(id, message);
    }
    this.shown = chat?.id;
    this.chat = chat;
    this.root.classList.toggle("none", !chat);
    this.head();
    if (!chat) return;
    const fresh = this.nodes.size === 0;
    const news = [...chat.news].sort((a, b) => a[0] - b[0]);
    chat.news.clear();
    const said = news.some(([id, message]) => message?.mine && !this.nodes.has(id));
    for (const [id, message] of news) this.draw(id, message);
    const opened = this.visible && !this.open;
    this.open = this.visible;
    if (opened || (news.length && (this.follows || said || fresh))) this.toEnd(fresh || opened);
    this.scrolled();
    this.seen();
  }

  head() {
    const { chat, me } = this;
    const group = this.root.dataset.kind === "group";
    this.find(".title b").textContent = chat?.title ?? "";
    this.find(".title small").textContent = !chat ? "" : group ? phrase("members", { n: chat.members }) : phrase("bot");
    this.find("header .avatar").replaceWith(avatar({ key: group ? "group" : "bot", name: chat?.title }));
    const mine = this.find("header .me");
    if (me) {
      const drawn = avatar(me);
      drawn.classList.add("small", "me");
      drawn.title = me.name;
      drawn.onclick = mine.onclick;
      mine.replaceWith(drawn);
    }
    const pinned = this.find(".pinned");
    pinned.hidden = !chat?.pinned;
    if (chat?.pinned) pinned.querySelector("span").textContent = chat.pinned.text;
    this.log.setAttribute("aria-label", chat?.title ?? "");
    this.empty();
    this.composer.render();
  }

  // What stands in an empty pane: no group yet, or how somebody begins.
  empty() {
    const { chat, me } = this;
    const box = this.find(".empty");
    const group = this.root.dataset.kind === "group";
    box.hidden = Boolean(chat && (group || chat.messages.size));
    const start = this.find(".start");
    start.hidden = !chat || group || (chat.started && !chat.blocked && chat.messages.size > 0);
    start.textContent = chat?.blocked ? phrase("unblock") : phrase(chat?.owner_link ? "owner_link" : "start");
    if (box.hidden || !me) return;
    const anyGroup = this.app.state.outside.length > 0;
    const words = chat ? me.first[language()] : phrase(anyGroup ? "not_in_group" : "no_group", { name: me.name });
    box.replaceChildren(element("p", {}, words));
  }

  start() {
    const { chat } = this;
    if (chat.blocked) return this.app.act("block", { blocked: false });
    if (chat.owner_link) return this.app.act("open_link", { url: chat.owner_link });
    return this.app.act("say", { chat: chat.id, text: "/start" });
  }

  draw(id, message) {
    const known = this.nodes.get(id);
    if (message === null) {
      known?.remove();
      this.nodes.delete(id);
      return;
    }
    if (known) {
      const node = messageNode(message, known.classList.contains("first"), this.acts());
      known.replaceWith(node);
      this.nodes.set(id, node);
      return;
    }
    const day = longDay(message.date * 1000);
    const whose = message.service ? "" : message.bot ? "bot" : `${message.who}${message.name}`;
    if (day !== this.lastDay) this.log.append(element("div", { class: "day" }, day));
    const first = day !== this.lastDay || whose !== this.lastWho;
    const node = messageNode(message, first, this.acts());
    this.log.append(node);
    this.nodes.set(id, node);
    [this.lastDay, this.lastWho] = [day, whose];
  }

  acts() {
    return {
      named: this.root.dataset.kind === "group",
      press: (message, row, column, button) => this.press(message, row, column, button),
      open: (url) => this.app.open(url),
      command: (words) => this.composer.command(words),
      find: (id) => this.seek(id),
      menu: (message) => this.messageMenu(message),
    };
  }

  async press(message, row, column, button) {
    if (button.url) return this.leave(button.url);
    const toast = await this.app.act("press", { chat: this.chat.id, message: message.id, row, column });
    if (!toast) return;
    if (!toast.answered) this.app.say(phrase("no_answer"));
    else if (toast.url) await this.app.openLink(toast.url);
    else if (toast.text) this.app.say(toast.text, toast.alert ? 8000 : 4000);
  }

  leave(url) {
    return url.startsWith("https://t.me/") ? this.app.openLink(url) : window.open(url, "_blank", "noopener,noreferrer");
  }

  // menus

  async messageMenu(message) {
    const group = this.root.dataset.kind === "group";
    const options = [{ label: phrase("reply"), value: "reply" }];
    if (group) options.push({ label: phrase("pin"), value: "pin" });
    if (message.mine && message.text && !message.file) options.push({ label: phrase("edit"), value: "edit" });
    if (message.mine || !group) options.push({ label: phrase("erase"), value: "erase" });
    const asked = { chat: this.chat.id, message: message.id };
    const chosen = await choose(message.text.split("\n")[0].slice(0, 60) || phrase("file"), options);
    if (chosen === "reply") this.composer.replyTo(message);
    else if (chosen === "edit") this.composer.edit(message);
    else if (chosen) await this.app.act(chosen, asked);
  }

  async menu() {
    if (!this.chat) return;
    const group = this.root.dataset.kind === "group";
    const blocked = this.chat.blocked;
    const option = group ? { label: phrase("leave"), value: "leave" } : { label: phrase(blocked ? "unblock" : "block"), value: "block" };
    const chosen = await choose(this.chat.title, [option]);
    if (chosen === "leave") await this.app.act("leave", { chat: this.chat.id });
    if (chosen === "block") await this.app.act("block", { blocked: !blocked });
  }

  // scrolling and reading

  toEnd(atOnce = true) {
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: atOnce ? "instant" : "smooth" });
  }

  scrolled() {
    const { scrollTop } = this.log;
    const away = this.log.scrollHeight - scrollTop - this.log.clientHeight;
    if (away < NEAR) this.follows = true;
    else if (scrollTop < this.lastTop) this.follows = false;
    this.lastTop = scrollTop;
    this.find(".down").hidden = away < NEAR * 2;
  }

  seek(id) {
    const node = this.nodes.get(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 1600);
  }

  // Where the story presses: the button is shown for a moment before it is pressed.
  point(id, words) {
    const keys = this.nodes.get(id)?.querySelectorAll(".key") ?? [];
    const key = [...keys].find((candidate) => candidate.textContent === words);
    if (!key) return;
    key.scrollIntoView({ block: "center" });
    key.classList.add("pointed");
    setTimeout(() => key.classList.remove("pointed"), 1200);
  }

  seen() {
    const newest = Math.max(0, ...this.chat.messages.keys());
    if (!this.chat.unread || !this.visible || this.readUntil === newest) return;
    this.readUntil = newest;
    this.app.act("read", { chat: this.chat.id, message: newest });
  }
}
