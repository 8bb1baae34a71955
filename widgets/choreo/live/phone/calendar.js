// A plan as a calendar file (iCalendar, RFC 5545), made on the phone: one all-day event, as progress/calendar.py makes them.

const WIDTH = 75; // octets a line may have, its end not counted

/** @typedef {{ uid: string, now: Date, day: string, title: string, about: string }} Entry `day` as "2027-03-01" */

/** @param {Entry} entry */
export function calendar({ uid, now, day, title, about }) {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Choreo//Choreo//EN",
    "CALSCALE:GREGORIAN",
    "BEGIN:VEVENT",
    `UID:${uid}@choreo`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${day.replaceAll("-", "")}`,
    `SUMMARY:${escaped(title.replace(/\s+/g, " ").trim())}`,
    `DESCRIPTION:${escaped(about)}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escaped(title.replace(/\s+/g, " ").trim())}`,
    "TRIGGER:PT9H",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** A text's value: what means something in the file is marked, and what nobody sees is left out. */
function escaped(text) {
  const lines = text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const plain = lines.toWellFormed().replace(/[\u0000-\u0008\u000e-\u001f\u007f]/g, "");
  return plain.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
}

/** The line in pieces of at most 75 octets, each further one begun by a space; no character is cut. */
function folded(line) {
  let [found, room] = ["", WIDTH];
  for (const char of line) {
    const size = new TextEncoder().encode(char).length;
    if (size > room) {
      found += "\r\n ";
      room = WIDTH - 1;
    }
    found += char;
    room -= size;
  }
  return found;
}

/** The day so many days from `now`, by the phone's own clock: "2027-03-01". @param {Date} now */
export function dayAfter(now, days) {
  const then = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  const two = (number) => String(number).padStart(2, "0");
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
}
