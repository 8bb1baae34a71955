/** @typedef {{data: ArrayLike<number>, shape: number[]}} Numbers an array of numbers as a stage reads it, row by row */
/** @typedef {{frames: number, clock: object, settled: boolean, seed: number, [name: string]: any}} Scene */

const KINDS = {
  uint8: Uint8Array,
  int8: Int8Array,
  bool: Uint8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
};

/**
 * A scene as a stage and the player read it: arrays as typed arrays; its clock's times and its series as plain ones.
 */
export function sceneOf(came) {
  const scene = unpack(came);
  const plain = (numbers) => numbers?.data ?? numbers;
  scene.clock = { ...scene.clock, times: plain(scene.clock?.times) ?? [0, 1] };
  scene.series = Object.fromEntries(Object.entries(scene.series ?? {}).map(([name, one]) => [name, plain(one)]));
  return scene;
}

/**
 * A scene as it came (arrays as bytes with a dtype and a shape, see views/packed.py), with its arrays as typed arrays; all else as it is.
 */
export function unpack(came) {
  if (Array.isArray(came)) return came.map(unpack);
  if (came === null || typeof came !== "object" || ArrayBuffer.isView(came) || came instanceof ArrayBuffer) return came;
  if (came.dtype && came.shape) {
    const data = numbers(came.data, came.dtype);
    return { data: came.steps ? summed(data, came.shape[0]) : data, shape: came.shape };
  }
  return Object.fromEntries(Object.entries(came).map(([name, part]) => [name, unpack(part)]));
}

/** Rows that came as what changes from one to the next, modulo 256. */
function summed(steps, rows) {
  const data = Uint8Array.from(steps);
  const wide = data.length / rows;
  for (let k = wide; k < data.length; k += 1) data[k] += data[k - wide];
  return data;
}

function numbers(bytes, dtype) {
  const Kind = KINDS[dtype];
  if (!Kind) throw new Error(`a scene has an array of ${dtype}; use one of ${Object.keys(KINDS).join(", ")}`);
  const buffer = bytes.buffer ?? bytes;
  const start = bytes.byteOffset ?? 0;
  const length = bytes.byteLength;
  if (start % Kind.BYTES_PER_ELEMENT) return new Kind(buffer.slice(start, start + length));
  return new Kind(buffer, start, length / Kind.BYTES_PER_ELEMENT);
}
