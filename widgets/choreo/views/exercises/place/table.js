import { element } from "../../shared/element.js";
import { t } from "../../shared/words.js";

/** The sign of somebody's point, as it is in the picture. */
export function keySign(which) {
  return element("span", { class: `choreo-place-key choreo-place-key-${which}`, "aria-hidden": "true" });
}

/** Where each puts it, in figures. */
export function table({ across, up, what }, { answer, expert, cohort }) {
  const scales = up ? [across, up] : [across];
  const row = (which, who, values) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, keySign(which), who),
      ...values.map((value) => element("td", {}, String(Math.round(value)))),
    );
  const point = ({ x, y }) => (up ? [x, y] : [x]);
  const heads = scales.map((scale) =>
    element("th", { scope: "col" }, scale.label, element("span", {}, ` (0 ${scale.low}, 100 ${scale.high})`)),
  );
  return element(
    "table",
    { class: "choreo-place-table" },
    element("caption", { class: "choreo-unseen" }, t("Where each puts it, from 0 to 100")),
    element("thead", {}, element("tr", {}, element("td", {}), ...heads)),
    element(
      "tbody",
      {},
      row("mine", what, point(answer)),
      row("expert", expert.who, point(expert)),
      cohort ? row("other", t("The middle of the others"), cohort.middle) : null,
    ),
  );
}
