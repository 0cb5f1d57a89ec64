"""What holds for all tests."""

from hypothesis import settings

# How long an example takes depends on what else the machine does; benchmarks measure time, not properties.
settings.register_profile("ligafix", deadline=None)
settings.load_profile("ligafix")
