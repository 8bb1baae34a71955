// The basic build: lines, points and bars. What charts of other kinds need is in the cartesian one.

import bar from "plotly.js/lib/bar";
import Plotly from "plotly.js/lib/core";

Plotly.register([bar]);
globalThis.Plotly = Plotly;
