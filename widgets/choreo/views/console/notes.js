import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { fold, prose } from "./elements.js";

/** What stays at hand: what to cut when it is late, the plan's minutes, and the notes for what runs, or comes first. */
export function notes(desk, { activity, running, ended, late, told }) {
  const kind = desk.kinds.get(activity);
  desk.panels.notes.el.hidden = ended || !activity;
  if (desk.panels.notes.el.hidden) return [];
  return [
    cut(late),
    told && fold(t("The plan, minute by minute"), "plan-notes", prose(told)),
    own(kind, running),
  ].filter(Boolean);
}

function cut(late) {
  const what = late ? element("span", { dir: "auto" }, ` ${late}`) : "";
  return element("p", {}, element("strong", {}, t("Running late?")), what, ` ${t("Never cut the last ten minutes.")}`);
}

function own(kind, running) {
  if (!kind?.notes) return null;
  const title = running ? t("Your notes") : t("Your notes for the first activity, {title}", { title: kind.title });
  const made = fold(title, `notes-${kind.name}`, prose(kind.notes));
  made.open = matchMedia("(min-width: 48rem)").matches;
  return made;
}
