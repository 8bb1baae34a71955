// JupyterLab's part of the author's desk: the preview beside a lesson's notebook or an exercise, marks where something is
// wrong, and names that an exercise's file may use.

import { completions } from "./yaml.js";

const OPEN = "choreo:preview";

/** The lesson that a file belongs to, and the exercise that it is, if it is one. */
function placeOf(path) {
  const [, lesson, , own, item] =
    /(?:^|\/)(?:lessons\/([\w-]+)\.ipynb|(exercises)\/([\w-]+)\/([\w-]+)\.yaml)$/.exec(path ?? "") ?? [];
  return lesson || own ? { lesson: lesson || own, item: item ?? "" } : null;
}

function address(pages, { lesson, item }) {
  const url = new URL(`${pages}/${lesson}${item ? `?at=${item}` : ""}`);
  if (["localhost", "127.0.0.1"].includes(location.hostname)) url.hostname = location.hostname; // or its cookie stays away
  return url.href;
}

/** Keeps one preview, which follows the file that is worked on. */
function previewer(app, pages, { Widget }, { MainAreaWidget }) {
  let panel = null;
  let frame = null;
  let shown = "";
  return {
    get window() {
      return frame?.contentWindow;
    },
    /** Show the lesson of a file; `open` it where it is closed, beside `ref`. */
    show(path, open, ref) {
      const place = placeOf(path);
      if (!place || (!open && (!panel || panel.isDisposed))) return;
      if (!panel || panel.isDisposed) {
        frame = Object.assign(document.createElement("iframe"), { title: "The lesson, as learners see it" });
        frame.style.cssText = "border: 0; height: 100%; width: 100%";
        panel = new MainAreaWidget({ content: new Widget({ node: frame }) });
        panel.title.label = "Preview";
        panel.title.closable = true;
        shown = "";
        app.shell.add(panel, "main", { mode: "split-right", ref, activate: false });
      }
      if (shown === place.lesson) return;
      shown = place.lesson;
      frame.src = address(pages, place);
    },
  };
}

/** Marks lines of an open file, and says at each what is wrong with it. */
function marker({ StateEffect, StateField }, { Decoration, EditorView }) {
  const put = StateEffect.define();
  const field = StateField.define({
    create: () => Decoration.none,
    update: (marks, change) =>
      change.effects.reduce((now, effect) => (effect.is(put) ? effect.value : now), marks.map(change.changes)),
    provide: (own) => EditorView.decorations.from(own),
  });
  const style = "text-decoration: underline wavy #c0392b; background: rgb(192 57 43 / 12%)";
  return (view, faults) => {
    if (!view.state.field(field, false)) view.dispatch({ effects: StateEffect.appendConfig.of(field) });
    const sound = faults.filter(({ line }) => line > 0 && line <= view.state.doc.lines);
    const lines = new Map(sound.map(({ line }) => [line, sound.filter((one) => one.line === line)]));
    const marks = [...lines.keys()]
      .sort((one, other) => one - other)
      .map((line) => {
        const title = lines
          .get(line)
          .map(({ text }) => text)
          .join("\n");
        return Decoration.line({ attributes: { style, title, class: "choreo-fault" } }).range(
          view.state.doc.line(line).from,
        );
      });
    view.dispatch({ effects: put.of(Decoration.set(marks)) });
  };
}

const viewOf = (widget) => widget.content?.editor?.editor;

const HELP =
  "font-family: var(--jp-ui-font-family); max-width: 40em; overflow: hidden; text-align: start; text-overflow: ellipsis; " +
  "white-space: nowrap";

/** JupyterLab's list of what can stand here, with a line of help beside each that has one. */
function renderer({ Completer }) {
  return new (class extends Completer.Renderer {
    createCompletionItemNode(item, types) {
      const node = super.createCompletionItemNode(item, types);
      if (!item.help) return node;
      const help = node.querySelector(".jp-Completer-typeExtended");
      help.style.cssText = HELP;
      help.textContent = node.title = item.help;
      return node;
    }
    itemWidthHeuristic(item) {
      return super.itemWidthHeuristic(item) + (item.help?.length ?? 0);
    }
  })();
}

/** JupyterLab's model of that list, for an exercise's file: without the other words of the file, which it would add. */
const listed = ({ CompleterModel }) =>
  class extends CompleterModel {
    setCompletionItems(items) {
      super.setCompletionItems(items.filter(({ help }) => help !== undefined));
    }
  };

/** Names and values from the schema, for exercises' files. */
function names(app, completer) {
  let schema = null;
  const Listed = listed(completer);
  const isExercise = (path) => /(^|\/)exercises\/.*\.yaml$/.test(path ?? "");
  /** JupyterLab waits a second for a provider: have the schema before it asks. */
  const ready = (path) => {
    if (!isExercise(path)) return null;
    const place = path.replace(/exercises\/.*$/, "exercises/schema.json");
    schema ??= app.serviceManager.contents
      .get(place, { content: true, format: "text", type: "file" })
      .then(({ content }) => JSON.parse(content));
    return schema;
  };
  return {
    identifier: "choreo:names",
    rank: 1000,
    renderer: renderer(completer),
    ready,
    isApplicable: async ({ widget }) => isExercise(widget?.context?.path),
    modelFactory: async ({ widget }) =>
      isExercise(widget?.context?.path) ? new Listed() : new completer.CompleterModel(),
    async fetch({ text, offset }, { widget }) {
      return { end: offset, ...completions(await ready(widget.context.path), text, offset) };
    },
  };
}

/** The plugin, made of what JupyterLab shares with its extensions; `pages` is where the preview is. */
export async function plugin(shared, pages) {
  const module = async (name) => (await Object.values(shared[name])[0].get())();
  const asked = ["@jupyterlab/notebook", "@jupyterlab/fileeditor", "@jupyterlab/completer", "@jupyterlab/apputils"];
  const [notebook, fileeditor, completer, apputils] = await Promise.all(asked.map(module));
  const [widgets, state, view] = await Promise.all(
    ["@lumino/widgets", "@codemirror/state", "@codemirror/view"].map(module),
  );
  const { INotebookTracker } = notebook;
  const { IEditorTracker } = fileeditor;
  const { ICompletionProviderManager } = completer;
  const { ICommandPalette } = apputils;
  return {
    id: "choreo:desk",
    autoStart: true,
    requires: [INotebookTracker, IEditorTracker],
    optional: [ICompletionProviderManager, ICommandPalette],
    activate(app, notebooks, editors, providers, palette) {
      const preview = previewer(app, pages, widgets, apputils);
      const mark = marker(state, view);
      const known = names(app, completer);
      const told = new Map(); // faults by file
      const current = () => app.shell.currentWidget?.context?.path;
      const markAll = () =>
        editors.forEach((one) => {
          const faults = [...told].find(([file]) => one.context.path.endsWith(file))?.[1] ?? [];
          if (viewOf(one)) mark(viewOf(one), faults);
        });
      addEventListener("message", ({ data, source }) => {
        if (source !== preview.window || data?.choreo !== "faults") return;
        told.clear();
        for (const fault of data.faults.filter(({ file }) => file))
          told.set(fault.file, [...(told.get(fault.file) ?? []), fault]);
        markAll();
      });
      let opened = false; // by itself once: who closes it does not want it
      for (const tracker of [notebooks, editors])
        tracker.currentChanged.connect((_tracker, one) => {
          if (!one) return;
          one.context.ready.then(() => {
            preview.show(one.context.path, !opened, one.id);
            opened ||= Boolean(placeOf(one.context.path));
            markAll();
            known.ready(one.context.path);
          });
        });
      app.commands.addCommand(OPEN, {
        label: "Preview the lesson as learners see it",
        execute: () => preview.show(current(), true, app.shell.currentWidget?.id),
      });
      // Tab opens the list behind a word; this does so where nothing was typed yet, too.
      const selector = ".jp-FileEditor .jp-mod-completer-enabled";
      if (providers) app.commands.addKeyBinding({ command: "completer:invoke-file", keys: ["Ctrl Space"], selector });
      palette?.addItem({ command: OPEN, category: "Choreo" });
      providers?.registerProvider(known);
    },
  };
}
