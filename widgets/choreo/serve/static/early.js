// In the page itself, before its text: what a page waits for longest is asked for while the page is still being read.
{
  const { version, link, widgets } = JSON.parse(document.getElementById("choreo-page").textContent);
  const page = crypto.getRandomValues(new Uint32Array(4)).join("-"); // its name, by which it finds its kernel again
  const asked = `kernel?page=${page}&version=${version}&link=${link}`; // beside this page
  const url = new URL(asked, location.href.replace(/^http/, "ws")).href;
  const socket = new WebSocket(url);
  const heard = []; // until somebody listens
  socket.binaryType = "arraybuffer";
  const hear = (event) => heard.push(event);
  socket.onmessage = hear;
  socket.onclose = hear;

  const states = fetch(widgets).then((answer) => answer.text());
  globalThis.choreoEarly = { line: { url, socket, heard }, states };
}
