// A chart's figure in the colours and the type of the theme. Nothing of a page in here.

import { coloured, namedRole, resolved } from "./roles.js";

/** @typedef {{ data?: any[], layout?: any }} Figure as Plotly takes it, with roles for colours */

/**
 * The figure in the colours that `token` says of its roles, laid over the theme's layout.
 *
 * @param {Figure} figure @param {(name: string) => string} token the value of a name of the theme: "goal", "ink"
 */
export function dressed(figure, token) {
  const own = resolved(figure.layout ?? {}, token);
  const layout = {
    autosize: true,
    dragmode: false,
    hovermode: "x unified",
    showlegend: false,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 60, r: 20, t: 14, b: 58 }, // enough for most: Plotly draws all twice where labels need more
    hoverlabel: {
      bgcolor: token("card"),
      bordercolor: token("line"),
      font: { color: token("ink"), family: token("ui"), size: 15 },
    },
    ...own,
    font: { family: token("ui"), size: 15, color: token("quiet"), ...own.font },
  };
  for (const name of ["xaxis", "yaxis"]) layout[name] = axis(own[name], token);
  return { data: (figure.data ?? []).map((trace) => worn(trace, token)), layout };
}

function axis(own, token) {
  const made = {
    gridcolor: token("line"),
    linecolor: token("edge"),
    zeroline: false,
    fixedrange: true,
    tickcolor: token("line"),
    automargin: true,
    ...own,
  };
  if (own?.title) made.title = { standoff: 10, ...own.title }; // an axis with it measures its labels
  return made;
}

function worn(trace, token) {
  const role = namedRole(trace);
  return role ? coloured(resolved(trace, token), role, token) : resolved(trace, token);
}
