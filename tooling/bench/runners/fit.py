"""scikit-learn and statsmodels: fits of labelled data. Arguments: the solver, the data's folder."""
import json
import sys
import warnings
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from serve_fits import serve_fits

warnings.simplefilter("ignore")
solver, folder = sys.argv[1], Path(sys.argv[2])
shape = json.loads((folder / "task.json").read_text())
rows, columns, C, intercept = (shape[k] for k in ("rows", "columns", "C", "intercept"))
y = np.fromfile(folder / "y.u8", dtype=np.uint8).astype(np.float64)
if shape["sparse"]:
    values, indices, indptr = (
        np.fromfile(folder / name, dtype=kind)
        for name, kind in (("values.f64", "f8"), ("indices.i32", "i4"), ("indptr.i32", "i4"))
    )
    X = csr_matrix((values, indices, indptr), shape=(rows, columns))
else:
    X = np.fromfile(folder / "X.f64").reshape(rows, columns)


def scikit_learn(name, dual=False):
    from sklearn.linear_model import LogisticRegression

    def fit(tolerance):
        model = LogisticRegression(
            solver=name, C=C, dual=dual, fit_intercept=intercept, tol=tolerance, max_iter=100_000, random_state=0
        ).fit(X, y)
        return np.r_[model.coef_[0], model.intercept_] if intercept else model.coef_[0]

    return fit


def lbfgs():
    """scikit-learn's L-BFGS stops where f falls by less than 2.2e-9 of itself, which no option changes: here by the gradient alone."""
    import scipy.optimize
    from sklearn.linear_model import _logistic

    class Optimize:
        def __getattr__(self, name):
            return getattr(scipy.optimize, name)

        @staticmethod
        def minimize(*arguments, options, **more):
            return scipy.optimize.minimize(*arguments, options={**options, "ftol": 0, "maxfun": 10**6}, **more)

    _logistic.optimize = Optimize()
    return scikit_learn("lbfgs")


def statsmodels():
    """Its ridge has no setting: scipy's BFGS until a gradient of 1e-5."""
    import statsmodels.api as sm

    design = np.hstack([X, np.ones((rows, 1))]) if intercept else X
    alpha = np.r_[np.full(columns, 1 / (C * rows)), 0] if intercept else 1 / (C * rows)

    def fit(_):
        model = sm.GLM(y, design, family=sm.families.Binomial())
        return model.fit_regularized(alpha=alpha, L1_wt=0).params

    return fit


serve_fits(
    folder,
    {
        "lbfgs": lbfgs,
        "newton-cg": lambda: scikit_learn("newton-cg"),
        "newton-cholesky": lambda: scikit_learn("newton-cholesky"),
        "liblinear": lambda: scikit_learn("liblinear"),
        "liblinear-dual": lambda: scikit_learn("liblinear", dual=True),
        "statsmodels": statsmodels,
    }[solver](),
)
