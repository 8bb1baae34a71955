// In the page itself, before its text: the lesson's kernel is asked for while the page is still being read.
{
  const { lesson, version, link } = JSON.parse(document.getElementById("choreo-page").textContent);
  const page = crypto.getRandomValues(new Uint32Array(4)).join("-"); // its name, by which it finds its kernel again
  const url = `${location.origin.replace(/^http/, "ws")}/lessons/${lesson}/kernel?page=${page}&version=${version}&link=${link}`;
  const socket = new WebSocket(url);
  const heard = []; // until somebody listens
  socket.binaryType = "arraybuffer";
  socket.onmessage = socket.onclose = (event) => heard.push(event);
  globalThis.choreoLine = { url, socket, heard };
}
