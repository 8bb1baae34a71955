/** A day, or a moment, as people say it and as the hub's pages write it (hub/web.py): 3 December 2026, at 14:05. */
export function day(text, withTime = false) {
  const moment = new Date(text.length === 10 ? `${text}T12:00` : text);
  if (Number.isNaN(moment.getTime())) return text;
  /** @type {Intl.DateTimeFormatOptions} */
  const form = { day: "numeric", month: "long", year: "numeric" };
  if (withTime) Object.assign(form, { hour: "2-digit", minute: "2-digit" });
  return new Intl.DateTimeFormat("en-GB", form).format(moment);
}
