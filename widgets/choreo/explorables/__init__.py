"""One file per lesson: what binds a model to controls, a stage, charts and a goal."""
