"""What holds for all tests."""

from hypothesis import settings

# How long an example takes depends on what else the machine does; benchmarks measure time, not properties. The examples
# are the same in every run, so that a test says the same about the same code; `benchmarks/fuzz.py` looks for new ones.
settings.register_profile("ligafix", deadline=None, derandomize=True)
settings.load_profile("ligafix")
