import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { button, fold, labelled, quiet, row, textInput } from "./elements.js";

/** @typedef {{ number: number, text: string, count: number, said: string[], released: boolean, some: boolean, left_out: boolean }} Wrote */

/** What people wrote, to be read before the room sees it. A desk that has nothing `chosen` (the second coach's) makes no groups. */
export function texts(desk, { texts, run }) {
  desk.panels.texts.el.hidden = !texts?.length;
  if (!texts?.length) return [];
  if (desk.chosen && desk.chosen.run !== run) desk.chosen = { run, numbers: new Set(), name: "" };
  const look = {
    class: "choreo-console-answers",
    "data-scroll": "texts",
    tabindex: 0,
    "aria-label": t("Open answers"),
  };
  const boxes = new Map();
  const list = element("ul", look, ...texts.map((one) => answer(desk, one, boxes)));
  const waiting = texts.filter((one) => !one.released && !one.left_out);
  /** @type {HTMLElement[]} */
  const found = [element("h2", {}, t("What people wrote")), quiet(told(texts)), list];
  if (waiting.length > 1)
    found.push(
      row(button(t("Show all {count} that wait", { count: waiting.length }), () => showAll(desk, waiting), "", "all")),
    );
  if (texts.length > 1 && desk.chosen) found.push(grouping(desk, boxes));
  return found;
}

/** @param {Wrote[]} texts */
export function told(texts) {
  const shown = texts.filter((one) => one.released || one.some).length;
  const out = texts.filter((one) => one.left_out).length;
  const counts = { shown, all: texts.length, out };
  const care = t("Read them first; leave out what would expose somebody.");
  return out
    ? t("{shown} of {all} shown to the room, {out} left out. {care}", { ...counts, care })
    : t("{shown} of {all} shown to the room. {care}", { ...counts, care });
}

function answer(desk, { number, text, count, said, released, some, left_out }, boxes) {
  const act = (words, command, key) => {
    const made = button(words, () => desk.act({ ...command, text: number }), "", `${key}-${number}`);
    made.setAttribute("aria-label", `${words}: ${text}`);
    return made;
  };
  const acts = [];
  if (!released) acts.push(act(t("Show"), { do: "release" }, "text"));
  if (!left_out) acts.push(act(released || some ? t("Take back") : t("Leave out"), { do: "withhold" }, "out"));
  const many = count > 1 ? ` ${t("({count} people)", { count })}` : "";
  const state = left_out ? ` ${t("left out")}` : some ? ` ${t("partly shown")}` : "";
  const words = element("span", {}, element("span", { dir: "auto" }, text), many, quietly(state));
  const look = { class: "choreo-console-words choreo-console-wrote" };
  const wrote = desk.chosen
    ? element("label", look, choosing(desk, number, text, boxes), words)
    : element("span", look, words);
  const parts = said.length > 1 ? [together(desk.chosen ? act : null, number, said)] : [];
  const line = element("div", { class: "choreo-console-line" }, wrote, element("span", {}, ...acts));
  return element("li", { "data-released": released || some, "data-out": left_out }, line, ...parts);
}

function choosing(desk, number, text, boxes) {
  const box = element("input", {
    type: "checkbox",
    "data-key": `box-${number}`,
    "aria-label": t("Choose: {text}", { text }),
  });
  boxes.set(number, box);
  const { numbers } = desk.chosen;
  box.checked = numbers.has(number);
  box.addEventListener("change", () => (box.checked ? numbers.add(number) : numbers.delete(number)));
  return box;
}

const quietly = (words) => (words ? element("span", { class: "choreo-console-quiet" }, words) : "");

/** What counts as the same. */
function together(act, number, said) {
  const all = element("ul", {}, ...said.map((one) => element("li", { dir: "auto" }, one)));
  const apart = act ? [act(t("Take them apart"), { do: "ungroup" }, "apart")] : [];
  return fold(t("{count} ways to say it", { count: said.length }), `ways-${number}`, all, ...apart);
}

function grouping(desk, boxes) {
  const name = textInput({ maxlength: 60, "data-key": "group-name", value: desk.chosen.name });
  name.addEventListener("input", () => {
    desk.chosen.name = name.value;
  });
  const go = element("button", { class: "choreo-console-button", "data-key": "group" }, t("Count as one"));
  const help = t("Tick what says the same. Without a name, the room sees the one that most people wrote.");
  const form = element(
    "form",
    { class: "choreo-console-grouping" },
    labelled(t("Name of the group, if it needs one"), name, help),
    go,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const texts = [...desk.chosen.numbers].filter((number) => boxes.has(number));
    if (texts.length + (name.value.trim() ? 1 : 0) < 2)
      return desk.means.announce(t("Tick at least two answers, or one and a name."));
    if (!(await desk.act({ do: "group", texts, name: name.value }, t("They count as one.")))) return;
    desk.chosen.numbers.clear();
    desk.chosen.name = name.value = "";
    for (const box of boxes.values()) box.checked = false;
  });
  return form;
}

async function showAll(desk, waiting) {
  for (const { number } of waiting) if (!(await desk.act({ do: "release", text: number }))) return;
  desk.means.announce(t("The room sees all of them."));
}
