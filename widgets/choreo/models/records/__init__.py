"""The models in plain words, one file each."""
