// Runs in every page before its own scripts, and writes down when it sees what. marimo keeps widgets in shadow trees.
({ story, cards, act }) => {
  // act: "look", "decline" to predict, or the class of the card to answer
  const seen = {};
  window.choreoSeen = seen;
  const roots = [];
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const usable = (card) => {
    const button = card.querySelector("button.choreo-button-main");
    return Boolean(button) && !button.disabled && button.getAttribute("aria-disabled") !== "true";
  };
  const watch = (root) => {
    roots.push(root);
    const attributeFilter = ["class", "disabled", "aria-disabled", "data-saved"];
    new MutationObserver(look).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter });
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    watch(root);
    return root;
  };

  const drawImage = CanvasRenderingContext2D.prototype.drawImage; // the plaza's people and ground are pictures
  CanvasRenderingContext2D.prototype.drawImage = function (...given) {
    drawImage.apply(this, given);
    window.choreoDrawn?.(this.canvas, given[0]);
  };

  const holder = (root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (data.trimStart().replace(/^“/, "").startsWith(story) && parentElement && parentElement.localName !== "script")
        return parentElement;
    }
    return null;
  };
  const uncovered = (one) => {
    const box = one.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + 4];
    if (!box.height || !one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    return y > innerHeight || one.contains(one.getRootNode().elementFromPoint(x, y));
  };
  const read = () => {
    const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    if (seen.laid && painted) {
      seen.text = painted > seen.laid ? painted : performance.now(); // the frame in which it was laid out has been painted
      return;
    }
    if (!seen.laid) {
      const first = roots.map(holder).find(Boolean);
      if (first && uncovered(first)) seen.laid = performance.now();
    }
    requestAnimationFrame(read);
  };
  const scroll = () => {
    const goal = all(".choreo-chart")[0] ?? all(".choreo-player:not([data-small])")[0];
    if (act === "decline" && seen.everything && goal) {
      const { top, bottom } = goal.getBoundingClientRect();
      if (bottom < 0 || top > innerHeight) goal.scrollIntoView({ behavior: "instant", block: "center" });
    }
    if (!seen.chart) requestAnimationFrame(scroll);
  };

  window.choreoAnswer = (card) => {
    for (const box of card.querySelectorAll("textarea")) {
      box.value = "Small groups agreed early, the whole plaza late.";
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    card.querySelector("input[type=checkbox]")?.click();
    const first = new Map([...card.querySelectorAll("input[type=radio]")].reverse().map((one) => [one.name, one]));
    for (const one of first.values()) one.click();
    card.querySelector("button.choreo-button-main").click();
    card.querySelector(".choreo-card-sure:not([hidden]) .choreo-button-main")?.click();
  };
  window.choreoUsable = usable;
  let acted = false;
  function look() {
    if (seen.everything && (act === "look" || seen.chart || seen.answer)) return;
    const made = all(".choreo-card");
    const hand =
      ".choreo-controls :is(input, select, button):not(:disabled), .choreo-player-tap, .choreo-player-drawing";
    const controls = all(hand).length;
    if (controls) seen.control ??= performance.now();
    const plays = controls && all(".choreo-player-picture canvas").length;
    if (plays && made.length >= cards && made.every(usable)) seen.everything ??= performance.now();
    const open = acted && act === "decline" && all(".choreo-chart").length;
    const card = made.find((one) => one.matches(act === "decline" ? ".choreo-card-predict" : act));
    if (act !== "look" && seen.control && !open) goOn(card);
    if (all(".choreo-chart .js-plotly-plot .scatterlayer .trace").length) seen.chart ??= performance.now();
  }
  function goOn(card) {
    if (!card || acted)
      all("[data-go-on]")
        .find((one) => !one.disabled && one.checkVisibility())
        ?.click();
    else if (usable(card)) {
      acted = true;
      const decline = [...card.querySelectorAll("button")].find((one) => one.textContent.startsWith("Go on without"));
      if (act === "decline") decline?.click();
      else window.choreoAnswer(card);
    }
    if (acted && act !== "decline") card?.querySelector(".choreo-card-sure:not([hidden]) .choreo-button-main")?.click();
    if (acted && card?.querySelector(".choreo-card-kept[data-saved=yes]")) seen.answer ??= performance.now();
  }

  watch(document);
  requestAnimationFrame(read);
  requestAnimationFrame(scroll);
};
