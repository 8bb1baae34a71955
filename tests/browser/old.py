"""A browser of three years ago: a script that takes away what it did not have."""

# What Chrome 120, Firefox 121 and Safari 17.2 do not all have.
OLD = """
for (const [owner, names] of [
  [Element.prototype, ["checkVisibility", "setHTMLUnsafe", "moveBefore", "computedStyleMap"]],
  [Promise, ["withResolvers", "try"]],
  [Set.prototype, ["union", "intersection", "difference", "symmetricDifference", "isSubsetOf", "isSupersetOf"]],
  [Uint8Array, ["fromBase64", "fromHex"]],
  [AbortSignal, ["any"]],
  [RegExp, ["escape"]],
  [URL, ["parse"]],
  [Object.getPrototypeOf(Object.getPrototypeOf([].values())), ["map", "filter", "take", "drop", "find", "some", "toArray"]],
  [globalThis, ["requestIdleCallback", "cancelIdleCallback", "scheduler", "navigation", "ViewTransition", "Iterator"]],
  [Document.prototype, ["startViewTransition"]],
  [HTMLElement.prototype, ["showPopover", "hidePopover", "togglePopover", "popover"]],
  [CSSStyleDeclaration.prototype, ["contentVisibility"]],
]) for (const name of names) delete owner[name];
"""
