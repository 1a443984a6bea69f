"""scikit-learn, for T5. Argument: the data's folder."""
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import scipy.optimize
from sklearn.linear_model import LogisticRegression, _logistic

from serve_fits import serve_fits

warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
shape = json.loads((folder / "digits.json").read_text())
rows, columns = shape["rows"], shape["columns"]
X = np.fromfile(folder / "pixels.u8", dtype=np.uint8).reshape(rows, columns) / 256
y = np.fromfile(folder / "y.u8", dtype=np.uint8)


class Optimize:
    """scikit-learn's L-BFGS stops where f falls by less than 2.2e-9 of itself, which no option changes: here by the gradient alone."""

    def __getattr__(self, name):
        return getattr(scipy.optimize, name)

    @staticmethod
    def minimize(*arguments, options, **more):
        return scipy.optimize.minimize(*arguments, options={**options, "ftol": 0, "maxfun": 10**6}, **more)


_logistic.optimize = Optimize()


def fit(tolerance):
    model = LogisticRegression(
        multi_class="multinomial", solver="lbfgs", C=shape["C"], tol=tolerance, max_iter=100_000
    ).fit(X, y)
    return np.c_[model.coef_, model.intercept_].ravel()


serve_fits(folder, fit)
