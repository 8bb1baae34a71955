// In the page itself, before its text: what a page waits for longest is asked for while the page is still being read.
{
  const { lesson, version, link, widgets, plotly } = JSON.parse(document.getElementById("choreo-page").textContent);
  const page = crypto.getRandomValues(new Uint32Array(4)).join("-"); // its name, by which it finds its kernel again
  const url = `${location.origin.replace(/^http/, "ws")}/lessons/${lesson}/kernel?page=${page}&version=${version}&link=${link}`;
  const socket = new WebSocket(url);
  const heard = []; // until somebody listens
  socket.binaryType = "arraybuffer";
  socket.onmessage = socket.onclose = (event) => heard.push(event);

  const states = fetch(widgets).then((answer) => answer.text());
  globalThis.choreoEarly = { line: { url, socket, heard }, states };

  // What draws the charts is compiled in another thread while the page is built. Charts look for it in the same place.
  const loads = (globalThis.choreoPlotlyLoads = {});
  const load = () => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.querySelector(`meta[name="choreo-plotly-${plotly}"]`).content;
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => reject(new Error("the drawing library did not arrive"));
    document.head.append(script);
  });
  if (plotly) loads[plotly] = states.then(load); // the line is free again
  loads[plotly]?.catch(() => { loads[plotly] = undefined; }); // the next chart tries again
}
