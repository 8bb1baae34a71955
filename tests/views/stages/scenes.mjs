/** Arrays as a stage reads them. */
export const bytes = (rows) => {
  const shape = [];
  for (let part = rows; Array.isArray(part); part = part[0]) shape.push(part.length);
  return { data: Uint8Array.from(rows.flat(9)), shape };
};
