// Afterwards, and elsewhere: what to take home, the way to another device, and the end.

import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { button, fold, linkOut, row } from "./elements.js";
import { elsewhere } from "./keeping.js";
import { rememberIt } from "./promised.js";
import { secondLink } from "./second_link.js";
import { spreadsheet } from "./spreadsheet.js";

const TICKET = 40000; // ms after which links to exports are made anew; the hub keeps them for a minute
const TABLE = spreadsheet(navigator.language);
/** @typedef {[string, string, string]} Ware a file, its name, and what it is */
/** @type {Ware[]} */
const WARES = [
  ["report.html", t("Report"), t("one file with every picture, to send and to print")],
  ["sponsor.html", t("One page for the sponsor"), t("a sheet of A4: what was done, found out and promised")],
  ["replay", t("Replay"), t("what the room saw, with a slider")],
  ...tables(TABLE),
  ["session.json", t("Log"), t("everything that happened, for programs")],
];
/** @type {Ware[]} where a plan has an activity in which people tap */
const TAPS = [
  [TABLE === "comma" ? "taps.csv" : `taps.csv?for=${TABLE}`, t("Taps"), t("a table with a line for every tap")],
];

/**
 * The answers, as the coach's spreadsheet opens them; and with commas where that is something else.
 *
 * @returns {Ware[]}
 */
function tables(made) {
  if (made === "comma") return [["answers.csv", t("Answers"), t("a table for a spreadsheet")]];
  return [
    [`answers.csv?for=${made}`, t("Answers"), t("a table for your spreadsheet")],
    ["answers.csv", t("Answers with commas"), t("the same table, for programs and for spreadsheets in English")],
  ];
}

export function afterwards(desk, { ended, at, title, ends, second, invited, taps, promise }) {
  const home = exports(desk, taps, ended);
  home.hidden = at < 0 && !ended;
  return [
    element("h2", {}, t("Afterwards, and elsewhere")),
    ...(promise ? [rememberIt(desk, promise, ended)] : []),
    home,
    elsewhere(desk, { ended, title, ends }),
    ...secondLink(desk, { second, invited, ended }),
    ways(desk, ended),
  ];
}

/** Links to what can be taken home; made anew while they can be seen, as each is good for a minute. */
function exports(desk, taps, ended) {
  const wares = taps ? [...WARES, ...TAPS] : WARES;
  const links = element("ul", { class: "choreo-console-links" });
  const made = fold(t("Take it home"), ended ? "exports-after" : "exports", links);
  made.open = ended;
  const fill = async () => {
    if (!made.open || !made.isConnected) return clearInterval(desk.tickets);
    const answer = await desk.act({ do: "ticket" });
    if (!answer) return;
    const active = /** @type {HTMLElement} */ (document.activeElement);
    const focused = links.contains(active) ? active.dataset.key : "";
    links.replaceChildren(...wares.map((ware) => exported(desk, answer.ticket, ware)));
    /** @type {HTMLElement} */ (focused && links.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus?.();
  };
  made.addEventListener("toggle", () => {
    clearInterval(desk.tickets);
    if (!made.open) return;
    fill();
    desk.tickets = setInterval(fill, TICKET);
  });
  return made;
}

function exported(desk, ticket, [path, name, what]) {
  const link = linkOut(name, new URL(`live/export/${ticket}/${path}`, desk.means.hub).href);
  link.dataset.key = `export-${path}`;
  return element("li", {}, link, ` ${what}`);
}

function ways(desk, ended) {
  const { leave } = desk.means;
  if (ended)
    return row(
      button(t("Delete everything"), () => deleteAll(desk), "choreo-console-grave"),
      button(t("Prepare another session"), leave),
    );
  return row(
    button(t("End the session"), () => desk.end(), "choreo-console-grave"),
    button(t("All sessions"), leave),
  );
}

async function deleteAll(desk) {
  const sure = await desk.means.confirm(
    t("Delete everything of this session?"),
    t(
      "Every answer, the log and the report are gone for good, for everybody. What you have downloaded stays with you, and so does what a plan of yours remembers.",
    ),
    t("Delete everything"),
  );
  if (sure && (await desk.act({ do: "delete" }))) desk.means.forget();
}
