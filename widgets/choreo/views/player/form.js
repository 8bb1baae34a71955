const FORM = /\{:?(?<group>,)?(?:\.(?<digits>\d+))?(?<kind>[%fgd])?\}/;

/** A value written as Python's `form.format(value)` would, for the forms that measures use: "{:.0%}", "{:.1f} days". */
export function written(form, value) {
  return form.replace(FORM, (...found) => {
    const { group, digits, kind } = found.at(-1);
    const number = kind === "%" ? 100 * value : value;
    const places = digits === undefined ? (kind === "%" || kind === "f" ? 6 : 0) : Number(digits);
    const text =
      kind === "g" ? String(Number(number.toPrecision(digits ? Number(digits) : 6))) : fixed(number, places, group);
    return kind === "%" ? `${text}%` : text;
  });
}

function fixed(number, digits, group) {
  const text = (Math.abs(number) < 0.5 * 10 ** -digits ? 0 : number).toFixed(digits); // no "-0"
  return group ? text.replace(/\B(?=(\d{3})+(?!\d))/g, ",") : text;
}
