// The controls that activities ask with. Each is a fieldset: a legend, something to answer with, and a line that says
// what became of the answer. `send(value)` returns a promise; `value` is what was answered before. A fieldset that is
// .disabled takes no answer.

let made = 0; // for ids that no other control has

const SENT = "Your answer is in. You can still change it.";
const SLOW = "Kept on this phone. It goes out as soon as the connection is back.";

function element(tag, cls = "", words = "") {
  const one = document.createElement(tag);
  if (cls) one.className = cls;
  if (words) one.textContent = words;
  return one;
}

export function makeControls(announce) {
  // A fieldset with its legend and its line; `deliver(value)` sends an answer and says how it went.
  function asked(kind, label, send, before, sent = SENT) {
    const id = `ask${(made += 1)}`;
    const set = element("fieldset", `choreo-control choreo-${kind}`);
    const note = element("p", "choreo-note");
    note.id = `${id}-note`;
    set.append(element("legend", "", label));
    set.setAttribute("aria-describedby", note.id);
    const say = (state, words) => {
      note.dataset.state = state;
      note.textContent = words;
      announce(words);
    };
    if (before !== undefined && before !== null) {
      note.dataset.state = "sent";
      note.textContent = sent;
    }
    let turn = 0;
    const deliver = async (value) => {
      const mine = (turn += 1);
      note.dataset.state = "sending";
      note.textContent = "Sending …";
      const slow = setTimeout(() => mine === turn && say("slow", SLOW), 2500);
      try {
        await send(value);
        if (mine === turn) say("sent", sent);
        return true;
      } catch (reason) {
        if (mine === turn) say("refused", reason?.message || String(reason));
        return false;
      } finally {
        clearTimeout(slow);
      }
    };
    const fresh = () => {
      turn += 1;
      note.dataset.state = "";
      note.textContent = "";
    };
    return { id, set, note, say, deliver, fresh };
  }

  // A form around what is answered with; `read()` gives the value, or throws what is wrong with it.
  function form(ask, before, parts, read) {
    const inner = element("form", "choreo-answering");
    inner.noValidate = true;
    const go = element("button", "choreo-button", before === undefined || before === null ? "Send my answer" : "Change my answer");
    inner.append(...parts, go);
    inner.addEventListener("input", ask.fresh);
    inner.onsubmit = async (event) => {
      event.preventDefault();
      let value;
      try {
        value = read();
      } catch (fault) {
        ask.say("refused", fault.message);
        inner.querySelector("input, textarea")?.focus();
        return;
      }
      if (await ask.deliver(value)) go.textContent = "Change my answer";
    };
    ask.set.append(inner, ask.note);
    return ask.set;
  }

  function radios(ask, options, value) {
    const boxes = options.map((words, index) => {
      const label = element("label", "choreo-option");
      const box = element("input");
      box.type = "radio";
      box.name = ask.id;
      box.checked = index === value;
      label.append(box, element("span", "", words));
      return label;
    });
    const read = () => {
      const index = boxes.findIndex((label) => label.firstChild.checked);
      if (index < 0) throw new Error("Please choose one first.");
      return index;
    };
    return { boxes, read };
  }

  // One of several; the value is the option's place, from 0.
  function choice({ label, options, value, send }) {
    const ask = asked("choice", label, send, value);
    const { boxes, read } = radios(ask, options, value);
    return form(ask, value, boxes, read);
  }

  // A point between two ends; the value is the point's place, from 0.
  function scale({ label, points, low = "", high = "", value, send }) {
    const ask = asked("scale", label, send, value);
    const { boxes, read } = radios(ask, Array.from({ length: points }, (_, index) => String(index + 1)), value);
    for (const [index, end] of [[0, low], [points - 1, high]])
      if (end) boxes[index].append(element("span", "choreo-hidden", ` ${end}`));
    const row = element("div", "choreo-points");
    row.style.setProperty("--points", points > 7 ? Math.ceil(points / 2) : points);
    row.append(...boxes);
    const ends = element("p", "choreo-ends");
    ends.setAttribute("aria-hidden", "true");
    ends.append(element("span", "", low && `1 = ${low}`), element("span", "", high && `${points} = ${high}`));
    return form(ask, value, [row, ends], read);
  }

  const ranged = (least, most, unit) => {
    const end = unit ? ` ${unit}` : "";
    if (least !== undefined && most !== undefined) return `From ${least} to ${most}${end}.`;
    if (least !== undefined) return `${least}${end} or more.`;
    return most === undefined ? "" : `Up to ${most}${end}.`;
  };

  // A number, with a comma or a point.
  function number({ label, least, most, unit = "", value, send }) {
    const ask = asked("number", label, send, value);
    const field = element("input", "choreo-field");
    field.inputMode = least >= 0 ? "decimal" : "text"; // some phones' number pads have no minus
    field.autocomplete = "off";
    field.value = value ?? "";
    field.setAttribute("aria-label", unit ? `Your number, in ${unit}` : "Your number");
    const range = ranged(least ?? undefined, most ?? undefined, unit);
    const hint = element("p", "choreo-hint", range);
    hint.id = `${ask.id}-hint`;
    field.setAttribute("aria-describedby", hint.id);
    const row = element("div", "choreo-row");
    row.append(field, element("span", "", unit));
    return form(ask, value, range ? [row, hint] : [row], () => {
      const plain = field.value.trim().replace(/[\s'’_]/g, "").replace("−", "-");
      const whole = plain.replace(/[.,]/g, "");
      const groups = /^-?[1-9]\d{0,2}([.,]\d{3})+$/.test(plain) ? plain.match(/[.,]/g).length : 0;
      // One mark before three digits: thousands to some, a decimal mark to others.
      if (groups === 1) throw new Error(`Is that ${whole} or ${Number(plain.replace(",", "."))}? Please type it without a mark for thousands.`);
      const typed = groups > 1 ? whole : plain.replace(",", ".");
      const found = typed === "" ? NaN : Number(typed);
      if (!Number.isFinite(found)) throw new Error("Please type a number, in digits.");
      if (found < least || found > most) throw new Error(range);
      return found;
    });
  }

  // A few words, or with `long` a few lines, of at most `most` characters.
  function words({ label, most, value, send, long = false }) {
    const ask = asked("words", label, send, value);
    const field = element(long ? "textarea" : "input", "choreo-field");
    if (long) field.rows = 4;
    field.autocomplete = "off";
    field.value = value ?? "";
    field.setAttribute("aria-label", "Your words");
    const hint = element("p", "choreo-hint");
    hint.id = `${ask.id}-hint`;
    field.setAttribute("aria-describedby", hint.id);
    const count = () => {
      const left = most - [...field.value.trim()].length;
      hint.textContent = left < 0 ? `${-left} characters too many.` : `Up to ${most} characters; ${left} left.`;
      hint.classList.toggle("choreo-over", left < 0);
      return left;
    };
    count();
    field.addEventListener("input", count);
    return form(ask, value, [field, hint], () => {
      const text = field.value.trim();
      if (!text) throw new Error("Please write something first.");
      if (count() < 0) throw new Error(hint.textContent);
      return text;
    });
  }

  // One tap is the answer: [{label, value, role?}], role one of you, others, goal, apart.
  function buttons({ label, options, value, send, sent }) {
    const ask = asked("buttons", label, send, value, sent);
    const row = element("div", "choreo-taps");
    const all = options.map((option) => {
      const one = element("button", `choreo-tap choreo-tap-${option.role ?? "you"}`, option.label);
      one.type = "button";
      one.setAttribute("aria-pressed", String(value !== undefined && value === option.value));
      one.onclick = async () => {
        const before = all.find((other) => other.getAttribute("aria-pressed") === "true");
        const press = (which) => all.forEach((other) => other.setAttribute("aria-pressed", String(other === which)));
        press(one);
        if (!(await ask.deliver(option.value)) && one.getAttribute("aria-pressed") === "true") press(before);
      };
      return one;
    });
    row.append(...all);
    ask.set.append(row, ask.note);
    return ask.set;
  }

  return { choice, scale, number, words, buttons };
}
