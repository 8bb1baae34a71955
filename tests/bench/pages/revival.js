// Answers a card as soon as it has been built anew, and notes when the answer is kept.
([kind, at]) => {
  const find = () => document.querySelectorAll(`.choreo-card-${kind}`)[at];
  const before = find();
  let acted = false;
  window.choreoRevived = null;
  const look = () => {
    const card = find();
    if (card && card !== before && !acted && window.choreoUsable(card)) {
      acted = true;
      window.choreoAnswer(card);
    }
    if (acted) card?.querySelector(".choreo-card-sure:not([hidden]) .choreo-button-main")?.click();
    if (acted && card?.querySelector(".choreo-card-kept[data-saved=yes]")) {
      window.choreoRevived = performance.timeOrigin + performance.now();
    } else requestAnimationFrame(look);
  };
  look();
};
