// Lines of equal height through a grid of heights: numbers only.

/**
 * The pieces of the line at `level`: [[x, y, x, y], ...] in cells, (0, 0) being the middle of the first one. Each
 * square of four neighbouring heights gives at most two pieces, whose ends lie where the ground passes the level.
 */
export function linesAt(heights, rows, columns, level) {
  const found = [];
  for (let row = 0; row < rows - 1; row += 1)
    for (let column = 0; column < columns - 1; column += 1) {
      const at = row * columns + column;
      const [a, b, c, d] = [heights[at], heights[at + 1], heights[at + columns + 1], heights[at + columns]];
      const ends = [];
      if (a < level !== b < level) ends.push([column + (level - a) / (b - a), row]);
      if (b < level !== c < level) ends.push([column + 1, row + (level - b) / (c - b)]);
      if (d < level !== c < level) ends.push([column + (level - d) / (c - d), row + 1]);
      if (a < level !== d < level) ends.push([column, row + (level - a) / (d - a)]);
      for (let k = 0; k + 1 < ends.length; k += 2) found.push([...ends[k], ...ends[k + 1]]);
    }
  return found;
}
