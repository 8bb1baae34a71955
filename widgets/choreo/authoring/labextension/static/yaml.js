// What can stand at a place of an exercise's file, by its schema.

const INDENT = /^( *)((?:- )*)/;
const PIECE = /"(?:\\.|[^"\\])*"?|'(?:''|[^'])*'?|[{}[\],]|([\w-]+):(?=\s|$)|\s+|./g;

/** @typedef {{keys: string[], begun: string, asks: "name" | "value" | "part" | "nothing"}} Place keys: from the outside in */

/** The keys under which a line stands, from the outside in; what lies in a list is under its key. */
function keysAbove(lines, at, column) {
  const keys = [];
  let inner = column;
  let inList = false; // then its key may stand as far to the left as its hyphens
  for (let line = at - 1; line >= 0 && (inner > 0 || inList); line -= 1) {
    const [start, { length: indent }, dashes] = INDENT.exec(lines[line]);
    const key = /^[ -]*(?:\{ *)?([\w-]+):(?=\s|$)/.exec(lines[line])?.[1];
    if (!key || (inList && !dashes ? indent > inner : indent >= inner)) continue;
    if (dashes && start.length === inner)
      inList = true; // a sibling in the same item of a list
    else {
      keys.unshift(key);
      inList = dashes !== "";
    }
    inner = indent;
  }
  return keys;
}

/** @returns {Place} where the cursor stands at the end of `line`, which is the last of `lines` */
function placeIn(lines, line) {
  const [start, , dashes] = INDENT.exec(line);
  const outer = keysAbove(lines, lines.length - 1, start.length);
  const levels = [{ mark: dashes && "-", key: "" }]; // the line's own, and one for each bracket that is open
  let begun = "";
  for (const [piece, key] of line.slice(start.length).matchAll(PIECE)) {
    const here = levels.at(-1);
    if ("{[".includes(piece)) levels.push({ mark: piece, key: "" });
    else if ("}]".includes(piece) && levels.length > 1) levels.pop();
    else if (key && here.mark !== "[" && !here.key) here.key = key;
    else if (piece === "," && here.mark === "{") here.key = "";
    else if (piece !== "," && (begun || piece.trim())) {
      begun += piece;
      continue;
    }
    begun = "}]".includes(piece) ? piece : "";
  }
  const { mark, key } = levels.at(-1);
  const asks = /[^\w-]/.test(begun) ? "nothing" : key || mark === "[" ? "value" : mark === "-" ? "part" : "name";
  return { keys: [...outer, ...levels.map((level) => level.key).filter(Boolean)], begun, asks };
}

/** All that a part of a schema may be. */
function forms(schema, node) {
  if (!node) return [];
  const part = node.$ref ? schema.$defs[node.$ref.split("/").pop()] : node;
  const more = [...(part.oneOf ?? []), ...(part.anyOf ?? [])].flatMap((one) => forms(schema, one));
  return more.length ? more : [part];
}

/** What a field of a form may be, or each part of it where it is a list. */
const inside = (schema, form, key) =>
  forms(schema, form.properties?.[key]).flatMap((one) => (one.items ? forms(schema, one.items) : [one]));

/** What may stand under the keys, for an exercise of that kind; before a kind is named, of all kinds. */
function under(schema, kind, keys) {
  const all = forms(schema, schema);
  const own = all.filter((one) => one.properties.kind.const === kind);
  return keys.reduce((here, key) => here.flatMap((one) => inside(schema, one, key)), own.length ? own : all);
}

/** The values that a form names; the one that tells it from others says what it is for. */
const values = (schema, parent, key) =>
  inside(schema, parent, key).flatMap((one) => [
    ...(one.const === undefined ? [] : [[one.const, parent.description]]),
    ...(one.enum ?? []).map((value) => [value, ""]),
    ...(one.type === "boolean" ? [[true], [false]] : []),
  ]);

/**
 * @param {any} schema exercises/schema.json @param {string} text the file @param {number} offset where the cursor is
 * @returns {{start: number, items: {label: string, insertText: string, help: string}[]}}
 */
export function completions(schema, text, offset) {
  const lines = text.slice(0, offset).split("\n");
  const { keys, begun, asks } = placeIn(lines, lines.at(-1));
  const kind = /^kind: *([\w-]+)/m.exec(text)?.[1] ?? "";
  const found = new Map();
  const key = keys.at(-1);
  if (key && (asks === "value" || asks === "part"))
    for (const parent of under(schema, key === "kind" ? "" : kind, keys.slice(0, -1)))
      for (const [value, help] of values(schema, parent, key)) found.set(String(value), { end: "", help });
  if (asks === "name" || asks === "part")
    for (const one of under(schema, kind, keys))
      for (const [name, { description }] of Object.entries(one.properties ?? {}))
        if (keys.length || !new RegExp(`^${name}:`, "m").test(text)) found.set(name, { end: ": ", help: description });
  const items = [...found].filter(([label]) => label.startsWith(begun));
  return {
    start: offset - begun.length,
    items: items.map(([label, { end, help }]) => ({ label, insertText: `${label}${end}`, help: help ?? "" })),
  };
}
