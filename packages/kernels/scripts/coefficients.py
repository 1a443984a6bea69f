"""Near-minimax polynomials for the kernels' exponential and logarithm, as the constants of assembly/losses/exponential.ts.

    python3 coefficients.py        (needs mpmath)
"""
import mpmath as mp

mp.mp.dps = 60


def shown(name, function, low, high, terms):
    coefficients, error = mp.chebyfit(function, [low, high], terms, error=True)
    print(f"// {name}: error {mp.nstr(error, 2)}")
    for power, c in enumerate(reversed(coefficients)):
        print(f"const {name}{power}: f64 = {float(c)!r}")


half = mp.log(2) / 2
# e^r = 1 + r + r² exp(r)
shown("E", lambda r: (mp.exp(r) - 1 - r) / r**2 if abs(r) > 1e-15 else mp.mpf(1) / 2 + r / 6, -half, half, 10)
# r coth(r/2) = 2 + r² C(r²)
shown("C", lambda t: (mp.sqrt(t) * mp.coth(mp.sqrt(t) / 2) - 2) / t if t > 1e-30 else mp.mpf(1) / 6, mp.mpf(0), (half * mp.mpf("1.0001"))**2, 5)
# log(1 + e) = 2z (1 + z² L(z²)), z = e/(2 + e) ≤ 1/3
shown("L", lambda t: (mp.atanh(mp.sqrt(t)) / mp.sqrt(t) - 1) / t if t > 1e-15 else mp.mpf(1) / 3 + t / 5, mp.mpf(0), mp.mpf(1) / 9, 10)
print("ln2 high", float.hex(float(mp.log(2))), repr(float(mp.floor(mp.log(2) * 2**32) / 2**32)), repr(float(mp.log(2) - mp.floor(mp.log(2) * 2**32) / 2**32)))
