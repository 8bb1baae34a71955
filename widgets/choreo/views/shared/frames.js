/** The frame before a moment (0 to frames - 1), the one after, and how far it is from one to the other. */
export function framesAt(at, frames) {
  const held = Math.min(frames - 1, Math.max(0, at));
  const before = Math.max(0, Math.min(frames - 2, Math.floor(held)));
  return { before, after: Math.min(frames - 1, before + 1), part: held - before };
}
