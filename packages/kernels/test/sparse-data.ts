// Sparse matrices that are the same in every run.
import type { CsrArrays } from '@logodds/linear'

/** scipy's arrays of a matrix of which the share `filled` is stored, some of it as zeros; `spread` decades of size. */
export function sparse(
  n: number,
  p: number,
  filled: number,
  spread: number,
  random: () => number,
): CsrArrays & { readonly data: Float64Array } {
  const data: number[] = []
  const indices: number[] = []
  const indptr = [0]
  for (let i = 0; i < n; i++) {
    // Every fifth row has no entries, and so has every seventh column.
    for (let j = 0; j < p && i % 5 < 4; j++)
      if (j % 7 < 6 && (random() + 1) / 2 < filled) {
        indices.push(j)
        data.push(random() < -0.9 ? 0 : random() * 10 ** (spread * random()))
      }
    indptr.push(indices.length)
  }
  return {
    data: Float64Array.from(data),
    indices: Int32Array.from(indices),
    indptr: Int32Array.from(indptr),
    columns: p,
  }
}

/** The same, each row backwards, every entry in two parts. */
export function untidy({ data, indices, indptr, columns }: CsrArrays): CsrArrays {
  const out = { data: [] as number[], indices: [] as number[], indptr: [0], columns }
  for (let i = 0; i + 1 < indptr.length; i++) {
    for (const part of [0.25, 0.75])
      for (let q = indptr[i + 1] - 1; q >= indptr[i]; q--) {
        out.indices.push(indices[q])
        out.data.push(part * data[q])
      }
    out.indptr.push(out.indices.length)
  }
  return out
}

/** Its transpose, as columns. */
export function columnsOf({ data, indices, indptr, columns }: CsrArrays) {
  const entries = Array.from({ length: columns }, () => [] as [number, number][])
  for (let i = 0; i + 1 < indptr.length; i++)
    for (let q = indptr[i]; q < indptr[i + 1]; q++) entries[indices[q]].push([i, data[q]])
  const flat = entries.flat()
  const starts = [0]
  for (const of of entries) starts.push(starts[starts.length - 1] + of.length)
  return {
    data: flat.map(([, v]) => v),
    indices: flat.map(([i]) => i),
    indptr: starts,
    rows: indptr.length - 1,
  }
}
