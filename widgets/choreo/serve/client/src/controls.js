// Stock ipywidgets controls, for authors who use them; loaded only where a lesson does.
const sheet = document.createElement("link");
sheet.rel = "stylesheet";
sheet.href = new URL("controls.css", import.meta.url).href;
document.head.append(sheet);

export * from "@jupyter-widgets/controls";
