// The page's own words in the chosen language, and days and hours as its clock shows them.

const ZONE = "Europe/Amsterdam";
let phrases = {};
let letters = [];
let chosen = localStorage.getItem("samenbot-language") ?? (navigator.language.startsWith("nl") ? "nl" : "en");

export async function load() {
  const words = await (await fetch("/words")).json();
  ({ phrases, samples: letters } = words);
  return words;
}

export const language = () => chosen;

// The letters that the demo has ready, in the chosen language.
export const samples = () => letters.map(({ key, title }) => ({ key, title: title[chosen] }));

export function setLanguage(code) {
  chosen = code;
  localStorage.setItem("samenbot-language", code);
}

export function phrase(key, given = {}) {
  const words = phrases[key]?.[chosen];
  if (words === undefined) throw new Error(`content/demo/page.toml has no phrase ${key}`);
  return words.replace(/\{(\w+)\}/g, (whole, name) => given[name] ?? whole);
}

// Puts the words in their places: data-says, data-label (read aloud), data-hint and data-placeholder.
export function relabel(root) {
  document.documentElement.lang = chosen;
  document.title = phrase("title");
  for (const node of root.querySelectorAll("[data-says]")) node.textContent = phrase(node.dataset.says);
  for (const node of root.querySelectorAll("[data-label]")) node.setAttribute("aria-label", phrase(node.dataset.label)), (node.title = phrase(node.dataset.label));
  for (const node of root.querySelectorAll("[data-hint]")) node.title = phrase(node.dataset.hint);
  for (const node of root.querySelectorAll("[data-placeholder]")) node.placeholder = phrase(node.dataset.placeholder);
  for (const node of root.querySelectorAll("[data-language]")) node.setAttribute("aria-pressed", node.dataset.language === chosen);
}

const shaped = (shape) => (moment) => new Intl.DateTimeFormat(chosen === "nl" ? "nl-NL" : "en-GB", { timeZone: ZONE, ...shape }).format(moment);

export const shortTime = shaped({ hour: "2-digit", minute: "2-digit" });
export const longDay = shaped({ weekday: "long", day: "numeric", month: "long" });
const shortDay = shaped({ weekday: "short", day: "numeric", month: "short" });
export const dayAndTime = (moment) => `${shortDay(moment)} ${shortTime(moment)}`;
