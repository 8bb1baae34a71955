// Who is there: counted, filled up with virtual participants, and one by one.

import { element } from "../shared/element.js";
import { n, t } from "../shared/words.js";
import { found } from "./course.js";
import { button, fold, labelled, numberInput, quiet, textInput } from "./elements.js";

const MOST = 100; // people that are listed at once

export function people(desk, { people, persons, ended, filter }) {
  const human = (persons ?? []).filter((one) => !one.removed && !one.virtual);
  const count = [element("h2", {}, t("People")), counted(human, people.virtual)];
  if (ended) return count;
  return [...count, virtual(desk, people.virtual), oneByOne(desk, human, filter)];
}

export function counted(human, virtual) {
  const here = human.filter((one) => one.here).length;
  const away = human.length - here;
  const who = { away, virtual };
  const some = away ? t("here, {away} away", who) : t("here");
  const all = away ? t("here, {away} away, and {virtual} virtual", who) : t("here, and {virtual} virtual", who);
  return element(
    "p",
    { class: "choreo-console-count" },
    element("strong", {}, String(here)),
    ` ${virtual ? all : some}`,
  );
}

function thereAre(count) {
  return n("One virtual participant is there.", "{count} virtual participants are there.", count);
}

function virtual(desk, count) {
  let wanted = count;
  const number = numberInput(count, { least: 0, most: 1000, whole: true }, (typed) => {
    wanted = typed;
  });
  number.dataset.key = "bots";
  const help = t(
    "They fill up a small room in games, and are marked as virtual everywhere. Questions are for people: there they say nothing.",
  );
  const set = element("button", { class: "choreo-console-button", "data-key": "bots-set" }, t("Set"));
  const field = labelled(t("Virtual participants"), number, help);
  const form = element("form", { class: "choreo-console-bots" }, field, set);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    desk.act({ do: "bots", count: wanted }, thereAre(wanted));
  });
  return form;
}

function oneByOne(desk, human, filter) {
  const search = textInput({ type: "search", value: filter, "data-key": "search" });
  search.addEventListener("input", () => desk.look({ filter: search.value }));
  const all = found(human, filter);
  const lines = all.slice(0, MOST).map((person) => line(desk, person));
  const list = element("ul", { class: "choreo-console-persons", "data-scroll": "persons" }, ...lines);
  const parts = [labelled(t("Find"), search), list];
  if (!all.length) parts.push(quiet(filter.trim() ? t("Nobody of that name.") : t("Nobody has joined yet.")));
  if (all.length > MOST) parts.push(quiet(t("And {more} more: search for a name.", { more: all.length - MOST })));
  return fold(t("Everybody, one by one"), "persons", ...parts);
}

function line(desk, person) {
  const name = person.who;
  const remove = async () => {
    const sure = await desk.means.confirm(
      t("Remove {name}?", { name }),
      t("Their phone says so, and they cannot answer any more. They could join again as somebody new."),
      t("Remove"),
    );
    if (sure) await desk.act({ do: "remove", who: person.who }, t("{name} is removed.", { name }));
  };
  const out = button(t("Remove"), remove, "choreo-console-small", `remove-${person.who}`);
  out.setAttribute("aria-label", t("Remove {name}", { name }));
  return element(
    "li",
    {},
    element("span", { class: "choreo-console-words", dir: "auto" }, name),
    element("span", { class: "choreo-console-quiet" }, person.here ? "" : t("away")),
    out,
  );
}
