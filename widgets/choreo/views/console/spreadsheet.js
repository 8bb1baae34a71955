// Which table a spreadsheet opens in columns: that goes by its country, and no file can say it itself.

const SEMICOLONS = ["CH", "LI"]; // with a decimal point all the same

/**
 * The table for who reads in this language, as live/export.py names it.
 *
 * @param {string} language as the browser says it: "de-DE"
 * @returns {"comma" | "semicolon" | "semicolon-comma"}
 */
export function spreadsheet(language) {
  const mark = new Intl.NumberFormat(language).formatToParts(1.5).find((part) => part.type === "decimal").value;
  if (mark === ",") return "semicolon-comma";
  return mark === "." && !SEMICOLONS.includes(new Intl.Locale(language).region) ? "comma" : "semicolon";
}
