"""Doing one fit for each setting that comes as a line of standard input, and saying how long it took and where it ended."""
import json
import os
import sys
import time
from pathlib import Path

import numpy as np


def serve_fits(folder, fit):
    """fit(setting) -> the coefficients, the intercept last."""
    coefficients = Path(folder) / f"coefficients-{os.getpid()}.f64"
    for line in sys.stdin:
        setting = json.loads(line)
        start = time.perf_counter()
        at = fit(setting)
        seconds = time.perf_counter() - start
        np.asarray(at, dtype=np.float64).tofile(coefficients)
        print(json.dumps({"seconds": seconds, "coefficients": str(coefficients)}), flush=True)
