"""One thread for the arithmetic of arrays: the networks are small, and more threads only wait for each other."""

from __future__ import annotations

import os

VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What the libraries below numpy read when it is loaded."""


def use_one_thread() -> None:
    """Have numpy, if it is not loaded yet, use one thread, unless the environment says otherwise.

    Texts of 3 kB that lost their ligatures took as long with two threads, and twice the processor time.
    """
    for variable in VARIABLES:
        os.environ.setdefault(variable, "1")
