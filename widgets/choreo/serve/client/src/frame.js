// Frames as in serve/forking/wire.py: JSON with binary buffers.
const text = new TextEncoder();
const plain = new TextDecoder();

/** A message as bytes. */
export function pack(content, buffers = []) {
  const parts = [text.encode(JSON.stringify(content)), ...buffers.map(bytes)];
  const frame = new Uint8Array(4 * (parts.length + 1) + parts.reduce((sum, part) => sum + part.byteLength, 0));
  const head = new DataView(frame.buffer);
  head.setUint32(0, buffers.length, true);
  let at = 4 * (parts.length + 1);
  parts.forEach((part, index) => {
    head.setUint32(4 * (index + 1), part.byteLength, true);
    frame.set(part, at);
    at += part.byteLength;
  });
  return frame;
}

function bytes(buffer) {
  return ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);
}

/** What a frame says, and the binary parts that go with it. */
export function unpack(frame) {
  const head = new DataView(frame);
  const count = head.getUint32(0, true);
  let at = 4 * (count + 2);
  const parts = [];
  for (let index = 0; index <= count; index += 1) {
    const length = head.getUint32(4 * (index + 1), true);
    parts.push(new DataView(frame, at, length));
    at += length;
  }
  return { content: JSON.parse(plain.decode(parts[0])), buffers: parts.slice(1) };
}
