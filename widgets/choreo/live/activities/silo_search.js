// The phone's part of silo search: one's own switches and points, and the best solutions that one hears of.
// Everything is built once and then changed in place, so that a finger or a focus never loses its button.

export default function siloSearch(place, room) {
  const { text } = room;
  let view = {};
  let sending = false;
  let built = "";
  let parts = {};
  let announced = 0;
  const timer = setInterval(count, 250);
  Promise.resolve(room.align()).catch(() => {});

  const button = (words, act) => {
    const made = text("button", words, "choreo-button choreo-quiet-button");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const open = () => !view.moved && !sending;

  async function move(say, saved) {
    if (!open()) return;
    sending = true;
    paint();
    try {
      await room.say({ round: view.round, ...say });
      parts.note.textContent = saved;
    } catch (error) {
      parts.note.textContent = error.message;
    }
    sending = false;
    paint();
  }

  function build() {
    const [head, points, note, title] = [text("p", ""), text("p", "", "choreo-big"), text("p", ""), text("h2", "")];
    const clock = document.createElement("progress");
    clock.setAttribute("aria-hidden", "true");
    clock.style.width = "100%";
    note.style.minHeight = "3em";
    title.tabIndex = -1;
    const grid = text("div", "");
    grid.setAttribute("role", "group");
    grid.setAttribute("aria-label", "Your switches: try one in each round");
    Object.assign(grid.style, { display: "grid", gridTemplateColumns: "repeat(4, minmax(44px, 1fr))", gap: "8px" });
    const switches = [...view.mine].map((_, index) => {
      const one = button("", () => move({ flip: index }, "Sent."));
      Object.assign(one.style, { minHeight: "52px", margin: "0", padding: "4px", lineHeight: "1.2" });
      return one;
    });
    grid.append(...switches);
    const near = text("div", "");
    const stay = button("Keep mine in this round", () => move({ stay: true }, "You keep it in this round."));
    parts = { head, clock, points, note, switches, title, near, stay };
    place.replaceChildren(head, clock, points, note, grid, title, near, stay);
  }

  // One's switches; what the newest move came to; what one hears.
  function paint() {
    const busy = String(!open());
    parts.switches.forEach((one, index) => {
      const on = view.mine[index] === "1";
      one.textContent = `${index + 1} ${on ? "on" : "off"}`;
      one.setAttribute("aria-label", `Switch ${index + 1}, ${on ? "on" : "off"}`);
      one.setAttribute("aria-disabled", busy);
      one.style.background = on ? "var(--choreo-you)" : "var(--choreo-card)";
      one.style.color = on ? "var(--choreo-on-role)" : "var(--choreo-ink)";
      one.style.borderStyle = open() ? "solid" : "dashed";
    });
    parts.stay.setAttribute("aria-disabled", busy);
    for (const one of parts.near.querySelectorAll("button")) one.setAttribute("aria-disabled", busy);
  }

  function hear() {
    const people = view.hears === 1 ? "one other person" : `${view.hears} others`;
    parts.title.textContent = view.hears ? `You hear ${people}` : "You hear nobody in this round";
    const focused = parts.near.contains(document.activeElement);
    const rows = view.near.map((one) => {
      const row = text("div", "");
      Object.assign(row.style, { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 12px", margin: "8px 0" });
      const words = text("p", `${one.points} points`);
      Object.assign(words.style, { flex: "1 1 9em", margin: "0" });
      const other = [...one.solution].flatMap((bit, index) => (bit === view.mine[index] ? [] : [index + 1]));
      const who = `${one.people === 1 ? "one person" : `${one.people} people`}${one.bridge ? ", over a bridge" : ""}`;
      const detail = text("small", `${who}; not like yours: ${other.join(", ")}`);
      detail.style.display = "block";
      words.append(detail);
      const take = button("Take over", () => move({ copy: one.solution }, `You take over the solution with ${one.points} points.`));
      take.setAttribute("aria-label", `Take over the solution with ${one.points} points`);
      row.append(words, take);
      return row;
    });
    if (view.hears && !rows.length) rows.push(text("p", "All of them have the same solution as you."));
    parts.near.replaceChildren(...rows);
    if (focused) parts.title.focus();
  }

  function told() {
    const { last, points } = view;
    if (last.copy) return "You took that solution over.";
    if (last.flip === undefined) return "Try a switch, or take over a solution that you hear of.";
    if (last.kept) return `Switch ${last.flip + 1} made it better: ${points} points.`;
    return `Switch ${last.flip + 1} would have made it ${last.points} points: put back.`;
  }

  function count() {
    if (built !== "search" || !view.ends) return;
    const left = Math.max(0, Math.ceil((view.ends - room.now()) / 1000));
    parts.clock.max = view.seconds;
    parts.clock.value = Math.min(left, view.seconds);
    const wait = view.moved ? "waiting for the others" : "your move";
    const words = `Round ${view.round} of ${view.rounds}: ${wait}, ${left} s`;
    if (parts.head.textContent !== words) parts.head.textContent = words;
  }

  function still(kind, ...lines) {
    if (built === kind) return;
    built = kind;
    place.replaceChildren(...lines.map((line) => text("p", line)));
    if (kind === "over") room.announce(lines.join(" "));
  }

  return {
    show(now) {
      const before = view;
      view = now;
      if (!now.seat) {
        const how = `You get ${now.switches} switches. Nobody knows how they work together; find the setting with the most points.`;
        if (now.step === "search") still("wait", "You get your place in a moment.");
        else still("explain", how, "In each round, try one switch or take over a solution that you hear of.");
      } else if (now.over) {
        still(
          "over",
          `You began with ${now.started} points and have ${now.points} now.`,
          `Your network was: ${now.network}.`,
          "Look at the screen in front.",
        );
      } else {
        if (built !== "search") build();
        built = "search";
        parts.points.textContent = `${now.points} points`;
        if (now.round !== before.round || now.moved !== before.moved) parts.note.textContent = told();
        hear();
        paint();
        count();
        if (announced !== now.round) {
          announced = now.round;
          room.announce(`Round ${now.round}. ${told()} You have ${now.points} points.`);
        }
      }
    },
    end: () => clearInterval(timer),
  };
}
