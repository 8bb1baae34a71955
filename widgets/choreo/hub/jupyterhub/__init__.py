"""Choreo as a service of a JupyterHub: whoever is signed in there is the same learner on every device."""
