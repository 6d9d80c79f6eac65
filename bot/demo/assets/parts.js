// Small pieces of the page. Text goes in as text, never as markup.

import { phrase, shortTime } from "./words.js";

export function element(name, attributes = {}, text) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

const FIGURES = {
  bot: "M5 9a4 4 0 014-4h6a4 4 0 014 4v4a4 4 0 01-4 4h-3l-4 3v-3a3 3 0 01-3-3zM9.5 11v.01M14.5 11v.01",
  group: "M9 11a3 3 0 100-6 3 3 0 000 6zM3.5 18c0-3 2.5-4.5 5.5-4.500s5.5 1.5 5.5 4.500M16 5.500a2.7 2.7 0 010 5M17 13.800c2 .4 3.5 1.7 3.5 4.2",
};

export function drawing(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export function avatar(whose) {
  const round = element("span", { class: "avatar", "aria-hidden": "true" });
  round.dataset.who = whose.key || "other";
  if (FIGURES[whose.key]) round.append(drawing(FIGURES[whose.key]));
  else round.textContent = [...(whose.name || "?")][0].toUpperCase();
  return round;
}

let timer;
export function snackbar(text, milliseconds = 3500) {
  const bar = document.getElementById("snackbar");
  bar.textContent = text;
  bar.classList.add("shown");
  clearTimeout(timer);
  timer = setTimeout(() => bar.classList.remove("shown"), milliseconds);
}

// Asks for one of several things; null where it was closed.
export function choose(title, options, why) {
  return new Promise((resolve) => {
    const dialog = element("dialog");
    dialog.append(element("h3", { dir: "auto" }, title));
    if (why) dialog.append(element("p", {}, why));
    let chosen = null;
    for (const option of options) {
      const button = element("button", { class: "option", dir: "auto" });
      if (option.avatar) button.append(avatar(option.avatar));
      button.append(element("span", { dir: "auto" }, option.label));
      button.onclick = () => ((chosen = option.value), dialog.close());
      dialog.append(button);
    }
    const cancel = element("button", { class: "option quiet" }, phrase("cancel"));
    cancel.onclick = () => dialog.close();
    dialog.append(cancel);
    dialog.onclick = (event) => event.target === dialog && dialog.close();
    dialog.onclose = () => (dialog.remove(), resolve(chosen));
    document.body.append(dialog);
    dialog.showModal();
  });
}

export function stamp(message) {
  const time = element("time", {}, shortTime(message.date * 1000));
  if (message.edited) time.prepend(`${phrase("edited")} `);
  return time;
}
