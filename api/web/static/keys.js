// Keys for who works at a desk. Everything works without this file; who does not want the keys switches them off on
// the page /toetsen (WCAG 2.1.4), and the choice stays on this device.
"use strict";

const off = "signaalboek.keys.off";
const keysAreOn = () => localStorage.getItem(off) === null;
const typing = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), select, textarea");
const addresses = { n: "/contacten/nieuw", "?": "/toetsen", "/": "/zoeken" };

document.addEventListener("keydown", (event) => {
  if (!keysAreOn() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const address = addresses[event.key];
  if (address) {
    event.preventDefault();
    location.assign(address);
  }
});

// The switch on /toetsen.
for (const button of document.querySelectorAll("[data-keys=toggle]")) {
  const label = () => { button.textContent = keysAreOn() ? button.dataset.off : button.dataset.on; };
  button.hidden = false;
  label();
  button.addEventListener("click", () => {
    if (keysAreOn()) localStorage.setItem(off, "yes");
    else localStorage.removeItem(off);
    label();
  });
}

// Type-ahead: "huis" finds Huisvesting, "vt" Vrije tijd by its first letters, "hv" Huisvesting by letters in order. Enter
// chooses or drops what is found first, and empties the field for the next. It looks among the activities until one is
// chosen, and then in the last help request: the order of the form.
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function rank(typed, label) {
  const words = label.split(/[^\p{L}\p{N}]+/u);
  if (label.startsWith(typed)) return 0;
  if (words.some((word) => word.startsWith(typed))) return 1;
  if (words.map((word) => word[0] ?? "").join("").startsWith(typed)) return 2;
  let at = 0;
  for (const letter of label) if (letter === typed[at]) at++;
  return at === typed.length && label[0] === typed[0] ? 3 : 9;
}

function best(typed, chips) {
  const ranked = chips.map((chip) => ({ chip, rank: rank(folded(typed), folded(chip.textContent.trim())) }));
  return ranked.filter((entry) => entry.rank < 9).sort((a, b) => a.rank - b.rank)[0]?.chip;
}

for (const box of document.querySelectorAll("[data-typeahead]")) {
  const field = box.querySelector("input");
  const said = box.querySelector("output");
  const form = document.querySelector(box.dataset.typeahead);
  const chips = () => {
    const chosen = form.querySelector(".activity input:checked") !== null;
    const all = form.querySelectorAll(chosen ? ".request:last-of-type .chip" : ".activity .chip");
    return [...all].filter((chip) => chip.offsetParent !== null); // services are in sight with a referral only
  };
  box.hidden = false;
  const refused = document.querySelector(".alert.problem") !== null;
  if (keysAreOn() && !refused && !location.hash && matchMedia("(pointer: fine)").matches) field.focus();
  field.addEventListener("input", () => {
    said.textContent = field.value ? (best(field.value, chips())?.textContent.trim() ?? "–") : "";
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    if (!field.value) return form.requestSubmit(form.querySelector("button[value=next]"));
    const found = best(field.value, chips());
    if (!found) return;
    found.querySelector("input").click();
    field.value = said.textContent = "";
  });
}
