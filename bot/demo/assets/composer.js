// Where one writes: text, a file, a command from the menu, an answer to a message, a change of one's own.

import { choose, element } from "./parts.js";
import { phrase, samples } from "./words.js";

const BOT = "samenbot";
const LARGEST = 20 * 1024 * 1024;

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.form = pane.find(".composer");
    this.text = pane.find("textarea");
    this.menu = pane.find(".commands");
    this.form.onsubmit = (event) => (event.preventDefault(), this.submit());
    this.text.oninput = () => this.typed();
    this.text.onkeydown = (event) => this.key(event);
    pane.find(".slash").onclick = () => this.offer(this.menu.hidden ? "" : null);
    pane.find(".drop").onclick = () => this.settle();
    const input = pane.find("input[type=file]");
    pane.find(".attach").onclick = () => this.attach(input);
    input.onchange = async () => {
      for (const file of input.files) await this.sendFile(file);
      input.value = "";
    };
    this.drafts = new Map();
    this.begin("", null);
  }

  get chat() {
    return this.pane.chat;
  }

  render() {
    this.turn();
    this.form.hidden = !this.chat || !this.pane.find(".start").hidden;
    if (this.form.hidden) this.offer(null);
  }

  // One box serves many chats and everybody who is played: what somebody began to write waits for them there.
  turn() {
    const { state } = this.pane.app;
    const place = this.chat ? `${state.play} ${state.me} ${this.chat.id}` : "";
    if (place === this.place) return;
    if (this.place) this.drafts.set(this.place, { text: this.text.value, doing: this.doing });
    this.place = place;
    const { text, doing } = this.drafts.get(place) ?? { text: "", doing: null };
    this.begin(text, doing);
  }

  // What did not arrive is put back, unless something else was begun there.
  putBack(place, text, doing) {
    const elsewhere = place !== this.place;
    if (elsewhere ? this.drafts.get(place)?.text : this.text.value) return;
    if (elsewhere) this.drafts.set(place, { text, doing });
    else this.begin(text, doing);
  }

  // what one is about to do

  replyTo(message) {
    this.about("reply", message, message.name, message.text.split("\n")[0] || phrase("file"));
  }

  edit(message) {
    this.text.value = message.text;
    this.about("edit", message, phrase("edit"), message.text.split("\n")[0]);
  }

  about(kind, message, title, words) {
    this.begin(this.text.value, { kind, message, title, words });
    this.text.focus();
  }

  settle() {
    this.begin(this.doing?.kind === "edit" ? "" : this.text.value, null);
  }

  begin(text, doing) {
    this.text.value = text;
    this.doing = doing;
    const box = this.pane.find(".about");
    box.hidden = !doing;
    box.querySelector("b").textContent = doing?.title ?? "";
    box.querySelector("span").textContent = doing?.words ?? "";
    this.offer(null);
    this.typed();
  }

  // writing

  typed() {
    this.text.style.height = "auto";
    const whole = this.text.scrollHeight; // 0 while the chat is not on the screen
    if (whole) this.text.style.height = `${Math.min(whole, 140)}px`;
    this.form.classList.toggle("filled", this.text.value.trim() !== "");
    const command = /^\/(\w*)$/.exec(this.text.value);
    this.offer(command ? command[1] : null);
  }

  key(event) {
    if (event.key === "Escape") this.settle();
    // On a phone Enter is a new line, because there is a button to send.
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!sends || matchMedia("(hover: none)").matches) return;
    event.preventDefault();
    this.submit();
  }

  async submit() {
    const text = this.text.value.trim();
    if (!text || !this.chat) return;
    const { place, doing } = this;
    const { kind, message } = doing ?? {};
    const chat = this.chat.id;
    this.begin("", null);
    const told = kind === "edit"
      ? await this.pane.app.act("edit", { chat, message: message.id, text })
      : await this.pane.app.act("say", { chat, text, reply_to: message?.id });
    if (!told) this.putBack(place, text, doing);
    this.pane.toEnd();
  }

  // In private, where letters are read, the demo has some to send.
  async attach(input) {
    if (this.chat?.kind !== "private") return input.click();
    const letters = samples();
    const options = letters.map(({ key, title }) => ({ label: title, value: [key] }));
    options.push({ label: phrase("sample_pile"), value: letters.map(({ key }) => key) });
    options.push({ label: phrase("sample_own"), value: [] });
    const names = await choose(phrase("attach"), options, phrase("sample_why"));
    if (names === null) return undefined;
    if (!names.length) return input.click();
    await this.pane.app.act("sample", { chat: this.chat.id, names });
    return this.pane.toEnd();
  }

  async sendFile(file) {
    const { app } = this.pane;
    if (file.size > LARGEST) return app.say(phrase("too_large"));
    const asked = { who: app.state.me, chat: this.chat.id, name: file.name, type: file.type, caption: this.text.value.trim() };
    const { place, doing } = this;
    if (doing?.kind === "reply") asked.reply_to = doing.message.id;
    this.begin("", null);
    const headers = { "Content-Type": "application/x-samenbot-file" };
    const answer = await fetch(`/send?${new URLSearchParams(asked)}`, { method: "POST", headers, body: file }).catch(() => null);
    if (!answer?.ok) {
      app.say(phrase(answer ? "not_possible" : "lost"));
      this.putBack(place, asked.caption, doing);
    }
    return this.pane.toEnd();
  }

  // commands

  // A command as the app sends it: in a group with the bot's name, so that other bots keep silent.
  command(words) {
    if (!this.chat) return;
    const whole = this.chat.kind === "group" && !words.includes("@") ? `${words}@${BOT}` : words;
    this.text.value = "";
    this.settle();
    this.pane.app.act("say", { chat: this.chat.id, text: whole }).then(() => this.pane.toEnd());
  }

  // The menu of commands that begin so; null closes it.
  offer(beginning) {
    const found = beginning === null ? [] : (this.chat?.commands ?? []).filter((c) => c.command.startsWith(beginning));
    this.menu.hidden = !found.length;
    this.menu.replaceChildren(...found.map((command) => {
      const row = element("button", { type: "button" });
      row.append(element("b", { dir: "ltr" }, `/${command.command}`), element("span", { dir: "auto" }, command.description));
      row.onclick = () => this.command(`/${command.command}`);
      return row;
    }));
  }
}
