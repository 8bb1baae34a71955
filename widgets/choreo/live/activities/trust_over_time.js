// The phone's part of trust over time: share or hold back, then what arrived. Built once, changed in place.

const WORDS = { share: "share", hold: "hold back" };
const PAYS = [[3, 3], [0, 5], [5, 0], [1, 1]]; // mine and theirs, by outcome: 2 * I held back + they held back
const PARTNERS = {
  person: "Your partner is somebody in this room.",
  bot: "Your partner is a virtual participant.",
  rule: "There was nobody left for you, so your partner is virtual. It does what you did last, but lets one held-back round in three pass.",
  left: "Your partner has left; a virtual partner takes over. It does what you did last, but lets one held-back round in three pass.",
};

export default function trustOverTime(place, room) {
  const { text } = room;
  let view = {};
  let built = "";
  let parts = {};
  let wanted = "";
  let announced = 0;
  let partner = "";
  const timer = setInterval(count, 250);
  Promise.resolve(room.align()).catch(() => {});

  async function choose(choice) {
    const { round } = view;
    wanted = choice;
    paint();
    try {
      await room.say({ round, choice });
      if (view.round === round) parts.note.textContent = `Chosen: ${WORDS[choice]}. You may change your mind until the round ends.`;
    } catch (error) {
      if (wanted === choice) wanted = "";
      parts.note.textContent = error.message;
      paint();
    }
  }

  function build() {
    const [head, who, last, points, note] = ["p", "p", "p", "p", "p"].map((tag) => text(tag, ""));
    const clock = document.createElement("progress");
    clock.setAttribute("aria-hidden", "true");
    clock.style.width = "100%";
    last.style.minHeight = "4.5em";
    points.style.fontWeight = "700";
    note.style.minHeight = "3em";
    const group = text("div", "", "choreo-taps");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "What do you do with what you know?");
    const buttons = [["share", "Share it", "goal"], ["hold", "Hold it back", "apart"]].map(([choice, words, role]) => {
      const one = text("button", words, `choreo-tap choreo-tap-${role}`);
      one.type = "button";
      one.dataset.choice = choice;
      one.addEventListener("click", () => choose(choice));
      return one;
    });
    group.append(...buttons);
    const past = text("p", "");
    Object.assign(past.style, { whiteSpace: "pre-wrap", fontFamily: "ui-monospace, monospace", fontSize: "1rem" });
    parts = { head, clock, who, last, points, note, buttons, past };
    place.replaceChildren(head, clock, who, last, group, note, points, past);
  }

  function paint() {
    const chosen = wanted || view.chose;
    for (const one of parts.buttons) one.setAttribute("aria-pressed", String(one.dataset.choice === chosen));
  }

  // What came of the newest round, in words.
  function told() {
    if (!view.past) return "Nothing has arrived yet.";
    const outcome = Number(view.past.at(-1));
    const [mine, theirs] = [outcome & 2 ? "hold" : "share", outcome & 1 ? "hold" : "share"];
    const meant = view.silent ? `You said nothing, so ${WORDS[view.meant]} was sent` : `You chose to ${WORDS[view.meant]}`;
    const slip = mine === view.meant ? "and it arrived so" : `but what arrived was: ${WORDS[mine]}`;
    const got = PAYS[outcome];
    return `${meant}, ${slip}. From your partner arrived: ${WORDS[theirs]}. Points: you ${got[0]}, your partner ${got[1]}.`;
  }

  function count() {
    if (built !== "play" || !view.ends) return;
    const left = Math.max(0, Math.ceil((view.ends - room.now()) / 1000));
    parts.clock.max = view.seconds;
    parts.clock.value = Math.min(left, view.seconds);
    const words = `Round ${view.round} of ${view.rounds}: ${left} s`;
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
      if (now.round !== view.round || now.chose) wanted = "";
      const fresh = now.round !== view.round;
      view = now;
      if (now.step === "explain")
        still(
          "explain",
          "You and a partner each know something that the other needs. In every round: share it, or hold it back.",
          "Both share: 3 points each. Both hold back: 1 each. One shares and the other holds back: 0 and 5.",
          now.noise ? "Sometimes the opposite of what was chosen arrives, and nobody is told." : "What is chosen always arrives.",
          "Say nothing, and your last choice is repeated; before a first choice that is to hold back.",
        );
      else if (now.over) still("over", told(), `You have ${now.points} points after ${now.past.length} rounds.`, "Look at the screen in front.");
      else if (!now.partner) still("wait", "You get a partner with the next round.");
      else {
        if (built !== "play") build();
        built = "play";
        const kind = now.partner === "rule" && now.left ? "left" : now.partner;
        parts.who.textContent = (now.fresh && now.past && kind !== "left" ? "This is a new beginning. " : "") + PARTNERS[kind];
        parts.last.textContent = told();
        parts.points.textContent = `${now.points} points`;
        const row = (bit) => [...now.past].slice(-12).map((one) => (one & bit ? "−" : "+")).join(" ");
        parts.past.textContent = now.past ? `+ shared, − held back, as it arrived\nyou:  ${row(2)}\nthey: ${row(1)}` : "";
        if (fresh) parts.note.textContent = "";
        paint();
        count();
        if (announced !== now.round) room.announce(`Round ${now.round}. ${now.past ? told() : PARTNERS[kind]}`);
        else if (partner !== kind) room.announce(PARTNERS[kind]);
        announced = now.round;
        partner = kind;
      }
    },
    end: () => clearInterval(timer),
  };
}
