// What stages that draw on a canvas share: making one, its size, the colours of the theme, and pictures drawn once.

/** A canvas that fills its place; pictures are for eyes only, as the player says all of it in words. */
export function canvasIn(place) {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  canvas.style.display = "block";
  canvas.style.width = "100%";
  place.append(canvas);
  return canvas;
}

/** Give a canvas its size in px, and return a pen that draws in px; what was drawn on one of that size stays. */
export function penOf(canvas, width, height, ratio, options) {
  const [wide, high] = [width, height].map((side) => Math.round(side * ratio));
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  if (canvas.style.height !== `${height}px`) canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d", options);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  return pen;
}

/**
 * A canvas that is nowhere on the page, and its pen in px: for what is drawn once and copied at each moment. One that
 * covers all is copied fastest without `alpha`.
 */
export function layerOf(width, height, ratio, options) {
  const picture = document.createElement("canvas");
  const pen = penOf(picture, width, height, ratio, options);
  return { picture, pen };
}

/** Copy a layer over all of a canvas, pixel by pixel, or only what is left of so many canvas pixels. */
export function copyLayer(pen, { picture }, until = picture.width) {
  const [wide, high] = [Math.min(picture.width, Math.round(until)), picture.height];
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  if (wide > 0) pen.drawImage(picture, 0, 0, wide, high, 0, 0, wide, high);
  pen.restore();
}

/**
 * Make one picture of what is on a canvas. On paper it would be all that it was put together from, each small picture by
 * itself: with two hundred people a browser takes many seconds.
 */
export function flatten(canvas) {
  const { width, height } = canvas;
  if (!width || !height) return;
  const whole = layerOf(width, height, 1);
  whole.pen.drawImage(canvas, 0, 0);
  const pen = canvas.getContext("2d");
  pen.save();
  pen.globalCompositeOperation = "copy";
  copyLayer(pen, whole);
  pen.restore();
}

/** The theme's colours as a pen needs them: `ink`, `quiet`, `line`, ..., and `role("goal")`. */
export function inksOf(styles) {
  const role = (name) => styles.getPropertyValue(`--choreo-${name}`);
  const names = ["ink", "quiet", "line", "edge", "card", "sunk", "paper", "you", "others", "goal", "apart"];
  return { ...Object.fromEntries(names.map((name) => [name, role(name)])), role, font: role("ui") || "sans-serif" };
}

/**
 * Small pictures on one sheet, each painted when it is first needed: a moment is then only copied together.
 * `paint(pen, column, row)` draws one with its left upper corner at (0, 0); sizes are in canvas pixels.
 */
export function sheetOf(width, height, columns, rows, paint) {
  const picture = document.createElement("canvas");
  picture.width = width * columns;
  picture.height = height * rows;
  const pen = picture.getContext("2d");
  const there = new Uint8Array(columns * rows);
  return {
    width,
    height,
    has: (column, row) => there[row * columns + column] === 1,
    add(column, row) {
      there[row * columns + column] = 1;
      pen.save();
      pen.translate(column * width, row * height);
      paint(pen, column, row);
      pen.restore();
    },
    /** Copy one to (left, top), of another size if given; the pen's own scale must be 1. */
    copy(onto, column, row, left, top, w = width, h = height) {
      onto.drawImage(picture, column * width, row * height, width, height, left, top, w, h);
    },
  };
}

/**
 * The same with a canvas for each picture. A browser copies a canvas whole when it was drawn on since it was last
 * copied from: so this is for large pictures, of which new ones turn up at any moment.
 */
export function picturesOf(width, height, columns, rows, paint) {
  const pictures = new Array(columns * rows);
  return {
    width,
    height,
    has: (column, row) => pictures[row * columns + column] !== undefined,
    add(column, row) {
      const picture = document.createElement("canvas");
      picture.width = width;
      picture.height = height;
      paint(picture.getContext("2d"), column, row);
      pictures[row * columns + column] = picture;
    },
    /** Copy one to (left, top), of another size if given; the pen's own scale must be 1. */
    copy(onto, column, row, left, top, w = width, h = height) {
      onto.drawImage(pictures[row * columns + column], left, top, w, h);
    },
  };
}
