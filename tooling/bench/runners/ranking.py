"""scikit-learn, for T8. Arguments: the data's folder, 'auc', 'roc' or 'corners'."""
import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score, roc_curve

from serve import serve

folder, work = Path(sys.argv[1]), sys.argv[2]
scores = np.fromfile(folder / "scores.f64")
truth = np.fromfile(folder / "truth.u8", dtype=np.uint8)


def auc():
    return roc_auc_score(truth, scores)


def roc():
    # Every point, as ours has them.
    _, tpr, thresholds = roc_curve(truth, scores, drop_intermediate=False)
    return tpr[len(tpr) >> 1] + len(thresholds)


def corners():
    _, tpr, thresholds = roc_curve(truth, scores)
    return tpr[-9] + thresholds[-9]


serve({"auc": auc, "roc": roc, "corners": corners}[work])
