// Beside the pot: how many give for reasons of their own, and how many compare prices.

import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import { drawHeart, drawTag } from "./heart.js";

const SIGN = 28; // px

/** The two counts in that place: {layOut(inks), show(hearts, people)}. */
export function heartsBeside(place) {
  const rows = [
    { draw: drawHeart, role: "goal", short: t("own reasons"), long: t("give for reasons of their own") },
    { draw: drawTag, role: "apart", short: t("price"), long: t("compare prices") },
  ].map((row) => ({
    ...row,
    sign: element("canvas", { width: SIGN, height: SIGN, "aria-hidden": "true" }),
    number: element("strong"),
  }));
  const lines = rows.map(({ sign, number, short, long }) => {
    const words = [
      ["short", short],
      ["long", long],
    ].map(([size, text]) => element("span", { class: `choreo-ledger-${size}` }, text));
    return element("li", {}, sign, number, ...words);
  });
  place.append(element("ul", { class: "choreo-ledger-counts" }, ...lines));
  return {
    layOut(inks) {
      for (const { draw, role, sign } of rows) {
        const pen = sign.getContext("2d");
        pen.clearRect(0, 0, SIGN, SIGN);
        draw(pen, SIGN / 2, SIGN / 2, SIGN * 0.75, inks.role(role));
      }
    },
    show(hearts, people) {
      [hearts, people - hearts].forEach((count, k) => {
        const text = `${count}`;
        if (rows[k].number.textContent !== text) rows[k].number.textContent = text;
      });
    },
  };
}
