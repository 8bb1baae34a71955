import { element } from "./element.js";

/** A table of a chart's numbers, folded away under it. */
export function numbersTable(summary) {
  const table = element("table");
  const scroll = element("div", { class: "choreo-plot-scroll" }, table);
  const el = element("details", { class: "choreo-plot-numbers" }, element("summary", {}, summary), scroll);
  const row = (texts, cell) => element("tr", {}, ...texts.map(cell));
  /** @param {{ columns?: string[], rows?: string[][] }} numbers */
  const fill = ({ columns = [], rows = [] } = {}) => {
    el.hidden = rows.length === 0;
    const head = row(columns, (text) => element("th", { scope: "col" }, text));
    const lines = rows.map((texts) => row(texts, (text) => element("td", {}, text)));
    table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...lines));
  };
  return { el, fill };
}
