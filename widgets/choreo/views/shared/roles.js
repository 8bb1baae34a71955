// Whom a colour stands for: the words of choreo/roles.py, and what they look like in a figure. For charts of lessons
// and of live sessions. Nothing of a page in here.

export const ROLES = ["you", "others", "goal", "apart", "quiet"];

/** The role that a trace names; undefined where it names none. */
export function namedRole(trace) {
  return ROLES.includes(trace.meta?.role) ? trace.meta.role : undefined;
}

/** A role's colour as a style says it. */
export const colourOf = (role) => `var(--choreo-${role})`;

/**
 * A value with every var(--choreo-name) in it replaced by what `token` says of it; an unknown one is grey.
 *
 * @param {any} value @param {(name: string) => string} token the value of a role or another name of the theme
 */
export function resolved(value, token) {
  if (typeof value === "string") {
    const name = /^var\(--choreo-([\w-]+)\)$/.exec(value)?.[1];
    return name ? token(name) || "#808080" : value;
  }
  if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map((one) => resolved(one, token));
  if (value && typeof value === "object" && value.constructor === Object)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, token)]));
  return value;
}

/**
 * A resolved trace in the colour of a role, where it has none of its own; `meta.roles` names one for each of its marks.
 *
 * @param {any} trace @param {string} role @param {(name: string) => string} token
 */
export function coloured({ meta, ...trace }, role, token) {
  const colour = token(role);
  const each = meta?.roles?.map((name) => token(ROLES.includes(name) ? name : role));
  const made = { ...trace, marker: { color: each ?? colour, ...trace.marker } };
  if ((trace.type ?? "scatter") === "scatter") made.line = { color: colour, ...trace.line };
  return made;
}
