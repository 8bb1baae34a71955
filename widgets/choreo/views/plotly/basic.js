// The basic build: lines, points and bars. What charts of other kinds need is in the cartesian one.
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";

Plotly.register([bar]);
globalThis.Plotly = Plotly;
