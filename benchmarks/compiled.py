"""A peer of FullBatchLoss: the step compiled for this one job, four rows by two classes at a time; needs numba."""

import numpy as np


def compiled(X, y, threads):
    """Return a function of T (k, n) that gives loss and gradient; k is even, X float32, its length 4 times j."""
    import numba

    @numba.njit(fastmath=True)
    def sums(T, X, y, G):
        (k, n), loss, Z = T.shape, 0.0, np.empty((len(T), 4), np.float32)
        for i in range(0, len(X), 4):
            q, r, s, t = X[i], X[i + 1], X[i + 2], X[i + 3]
            for c in range(0, k, 2):
                u, v = T[c], T[c + 1]
                a = b = d = e = f = g = h = o = np.float32(0)
                for j in range(n):
                    a, b, d, e = a + q[j] * u[j], b + r[j] * u[j], d + s[j] * u[j], e + t[j] * u[j]
                    f, g, h, o = f + q[j] * v[j], g + r[j] * v[j], h + s[j] * v[j], o + t[j] * v[j]
                Z[c, 0], Z[c, 1], Z[c, 2], Z[c, 3] = a, b, d, e
                Z[c + 1, 0], Z[c + 1, 1], Z[c + 1, 2], Z[c + 1, 3] = f, g, h, o
            for row in range(4):
                z, label = Z[:, row], y[i + row]
                z -= z.max()
                true, z[:] = z[label], np.exp(z)
                loss += np.log(z.sum()) - true
                z /= z.sum()
                z[label] -= 1  # P - Y
            for c in range(0, k, 2):
                u, v, (a, b, d, e), (f, g, h, o) = G[c], G[c + 1], Z[c], Z[c + 1]
                for j in range(n):
                    u[j] += a * q[j] + b * r[j] + d * s[j] + e * t[j]
                    v[j] += f * q[j] + g * r[j] + h * s[j] + o * t[j]
        return loss

    @numba.njit(parallel=True)
    def run(T, X, y, ends):
        stripes, (k, n) = len(ends) - 1, T.shape
        loss, G = np.zeros(stripes), np.zeros((stripes, k, n), np.float32)
        for stripe in numba.prange(stripes):
            begin, end = ends[stripe], ends[stripe + 1]
            loss[stripe] = sums(T, X[begin:end], y[begin:end], G[stripe])
        return loss.sum() / len(X), G.sum(axis=0) / len(X)

    ends = np.linspace(0, len(X) // 4, threads + 1).astype(int) * 4
    return lambda T: run(T, X, y, ends)
