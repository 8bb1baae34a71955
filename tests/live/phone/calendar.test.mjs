import assert from "node:assert/strict";
import { test } from "node:test";
import { calendar, dayAfter } from "../../../widgets/choreo/live/phone/calendar.js";

const entry = { uid: "7", now: new Date("2027-02-28T12:00:00.500Z"), day: "2027-03-01", title: "Ask", about: "Well?" };

test("a plan is one event on its day, without an hour", () => {
  const text = calendar(entry);
  assert.match(text, /\r\nDTSTAMP:20270228T120000Z\r\nDTSTART;VALUE=DATE:20270301\r\nSUMMARY:Ask\r\n/);
  assert.ok(text.startsWith("BEGIN:VCALENDAR\r\n") && text.endsWith("END:VCALENDAR\r\n"));
});

test("what people type begins no line and ends no field", () => {
  const text = calendar({ ...entry, title: "a;b,c\\d\nEND:VEVENT", about: "x\r\nBEGIN:VALARM\u0000" });
  assert.match(text, /SUMMARY:a\\;b\\,c\\\\d END:VEVENT\r\n/);
  assert.match(text, /DESCRIPTION:x\\nBEGIN:VALARM\r\n/);
  assert.equal(text.match(/^END:VEVENT/gm)?.length, 1);
});

test("no line is longer than 75 octets, and no character is cut", () => {
  const title = "ä👨‍👩‍👧".repeat(40);
  const text = calendar({ ...entry, title });
  for (const line of text.split("\r\n")) assert.ok(new TextEncoder().encode(line).length <= 75);
  assert.ok(text.replaceAll("\r\n ", "").includes(`SUMMARY:${title}`));
});

test("a week from now is a day of the calendar, over the end of a month too", () => {
  assert.equal(dayAfter(new Date(2027, 1, 25, 23, 59), 7), "2027-03-04");
});
