"""Which modules have no examples to run: an integration whose package is not installed."""

from importlib.util import find_spec

INTEGRATIONS = ("datatrove",)
"""Each is called like the package that it needs."""

collect_ignore = [f"ligafix/integrations/{name}.py" for name in INTEGRATIONS if find_spec(name) is None]
