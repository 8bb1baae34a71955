// How the pad and the dots above it look. The row of dots is as high with none of them as with nine.

export const PAD = {
  display: "block",
  width: "100%",
  minHeight: "min(46vh, 20rem)",
  border: "3px solid var(--choreo-you)",
  borderRadius: "24px",
  background: "var(--choreo-you-wash)",
  color: "var(--choreo-you)",
  font: "700 1.6rem/1.2 var(--choreo-ui)",
  touchAction: "manipulation",
  userSelect: "none",
  webkitUserSelect: "none",
  cursor: "pointer",
};
export const DOTS = { display: "flex", gap: "12px", justifyContent: "center", minHeight: "36px", alignItems: "center" };
export const DOT = {
  width: "28px",
  height: "28px",
  borderRadius: "50%",
  background: "var(--choreo-others)",
  opacity: 0.15,
};
