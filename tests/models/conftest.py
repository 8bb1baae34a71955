"""Settings of the model tests."""

from hypothesis import settings

settings.register_profile("models", deadline=None)  # on a busy machine a run that takes 10 ms can take a second
settings.load_profile("models")
