// The phone's part of the flash mob: a pad to tap on, and the beats of those whom its owner hears.
// A voice is [the time of one of its beats, the time between beats, how strong it is]; times in ms of the hub's clock.

const BATCH = 1000; // ms between two messages with taps
const MOST = 8; // taps in a message
const OLD = 8000; // ms after which a tap that could not be sent is dropped
const ALIGN = 30000; // ms between two looks at the hub's clock
const AHEAD = 120; // ms by which a sound is planned
const CALM = 400; // ms between two flashes: fewer than three a second, whatever is heard
const PITCHES = [880, 660, 990, 740, 1100, 590, 1320, 830, 550]; // one per voice

export default function flashMob(place, room) {
  const task = room.text("p", "", "choreo-lead");
  const pad = room.text("button", "Tap here");
  const dots = room.text("div", "");
  const hears = room.text("p", "", "choreo-quiet");
  const sound = switched("Sound", "sound", false);
  const shake = switched("Vibration", "shake", true);
  shake.hidden = !navigator.vibrate;
  pad.type = "button";
  dots.setAttribute("aria-hidden", "true");
  style(dots, { display: "flex", gap: "12px", justifyContent: "center", minHeight: "36px", alignItems: "center" });
  style(pad, {
    display: "block", width: "100%", minHeight: "min(46vh, 20rem)", border: "3px solid var(--choreo-you)", borderRadius: "24px",
    background: "var(--choreo-you-wash)", color: "var(--choreo-you)", font: "700 1.6rem/1.2 var(--choreo-ui)",
    touchAction: "manipulation", userSelect: "none", webkitUserSelect: "none", cursor: "pointer",
  });
  const keys = room.text("p", "Tap with a finger, or press space or enter in your rhythm.", "choreo-quiet");
  const row = room.text("div", "");
  style(row, { display: "flex", gap: "12px", flexWrap: "wrap" });
  row.append(sound, shake);
  place.replaceChildren(task, dots, pad, hears, row, keys);

  let taps = []; // not sent yet
  let sending = false;
  let voices = [];
  let known = false; // the hub's time
  let step = "";
  let audio = null;
  let touched = false; // browsers let a page sound and shake only after that
  let flashed = 0;
  const planned = []; // per voice, the beat that is already on its way
  const timers = new Set();

  function style(node, properties) {
    Object.assign(node.style, properties);
  }

  function switched(words, key, first) {
    const made = room.text("button", "");
    made.type = "button";
    made.on = room.keep.get(key) ?? first;
    const label = () => {
      made.textContent = `${words}: ${made.on ? "on" : "off"}`;
      made.setAttribute("aria-pressed", made.on);
    };
    made.onclick = () => {
      made.on = !made.on;
      room.keep.set(key, made.on);
      label();
      listen();
    };
    label();
    return made;
  }

  function listen() {
    if (sound.on) (audio ??= new AudioContext()).resume();
    else audio?.suspend();
  }

  function tap(event) {
    touched = true;
    listen();
    if (!known) return;
    taps.push(Math.round(room.now(event)));
    pad.animate?.([{ borderColor: "var(--choreo-goal)" }, { borderColor: "var(--choreo-you)" }], 200);
  }

  let byHand = 0; // when a finger or a key came, so that the click that follows is not a second tap
  pad.onpointerdown = (event) => {
    if (event.isPrimary === false || event.button > 0) return;
    byHand = event.timeStamp;
    tap(event);
  };
  pad.onkeydown = (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    byHand = event.timeStamp;
    if (!event.repeat) tap(event);
  };
  pad.onclick = (event) => {
    if (event.detail === 0 && event.timeStamp - byHand > 1000) tap(event); // a screen reader's
  };
  pad.oncontextmenu = (event) => event.preventDefault();

  async function send() {
    const since = room.now() - OLD;
    taps = taps.filter((one) => one > since);
    if (sending || !taps.length) return;
    const some = taps.splice(0, MOST);
    sending = true;
    try {
      await room.say({ taps: some });
    } catch {
      // too late to count: a rhythm has gone on
    }
    sending = false;
  }

  const align = () =>
    room.align().then(
      () => {
        if (!known) pad.removeAttribute("aria-disabled");
        known = true;
        tell();
      },
      () => timers.add(setTimeout(align, 2000)),
    );

  function tell() {
    const heard = voices.filter(([, , strength]) => strength > 0).length;
    const one = step === "everyone" ? "You hear the whole room." : heard === 1 ? "You hear one beat." : `You hear ${heard} people.`;
    hears.textContent = !known ? "One moment, setting the clock …" : heard ? one : "Nothing to hear: keep your own beat.";
  }

  function flash(index, strength) {
    const dot = dots.children[index];
    const most = 0.35 + 0.65 * strength;
    dot?.animate([{ opacity: most }, { opacity: 0.15 }], { duration: 350, easing: "ease-out" });
    const now = performance.now();
    if (voices.length > 1 || room.reduced || now - flashed < CALM) return;
    flashed = now;
    const ring = `inset 0 0 0 28px color-mix(in srgb, var(--choreo-others) ${Math.round(70 * most)}%, var(--choreo-you-wash))`;
    pad.animate([{ boxShadow: ring }, { boxShadow: ring.replace("28px", "0") }], { duration: 300, easing: "ease-out" });
  }

  function click(index, strength, inMs) {
    if (!sound.on || audio?.state !== "running") return;
    const at = audio.currentTime + Math.max(0, inMs) / 1000;
    const tone = new OscillatorNode(audio, { frequency: PITCHES[index % PITCHES.length] });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime((0.1 + 0.4 * strength) / Math.sqrt(voices.length), at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.06);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.08);
  }

  function play() {
    if (!known || place.inert) return;
    const now = room.now();
    voices.forEach(([at, every, strength], index) => {
      const next = at + Math.ceil((now - at) / every) * every;
      if (strength <= 0 || next - now > AHEAD || next - (planned[index] ?? 0) < every / 2) return;
      planned[index] = next;
      click(index, strength, next - now);
      const timer = setTimeout(() => {
        timers.delete(timer);
        flash(index, strength);
        if (shake.on && touched && voices.length === 1) navigator.vibrate?.(40);
      }, next - now);
      timers.add(timer);
    });
  }

  const always = [setInterval(send, BATCH), setInterval(align, ALIGN), setInterval(play, 40)];
  pad.setAttribute("aria-disabled", "true");
  align();

  return {
    show(view) {
      voices = view.voices ?? [];
      while (dots.children.length > voices.length) dots.lastChild.remove();
      while (dots.children.length < voices.length) {
        const dot = room.text("span", "");
        style(dot, { width: "28px", height: "28px", borderRadius: "50%", background: "var(--choreo-others)", opacity: 0.15 });
        dots.append(dot);
      }
      if (step !== view.step) {
        step = view.step;
        planned.length = 0;
        task.textContent = view.task;
        room.announce(view.task);
      }
      tell();
    },
    end() {
      always.forEach(clearInterval);
      timers.forEach(clearTimeout);
      if (touched) navigator.vibrate?.(0);
      audio?.close();
    },
  };
}
