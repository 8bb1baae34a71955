"""The door: one public address, from which requests go by their path to the hubs and to the lesson servers."""
