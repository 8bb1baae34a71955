"""Settings of the tests of live sessions."""

from hypothesis import settings

settings.register_profile("live", deadline=None)  # on a busy machine an example that takes 10 ms can take a second
settings.load_profile("live")
