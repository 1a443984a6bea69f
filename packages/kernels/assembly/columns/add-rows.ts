/** sums += each of the rows, which are `stride` bytes apart, a multiple of 16. */
export function addRows(r: usize, rows: usize, stride: usize, sums: usize): void {
  for (let k: usize = 0; k < stride; k += 16) {
    let a = v128.load(sums + k)
    for (let i: usize = 0, at = r + k; i < rows; i++, at += stride) a = f64x2.add(a, v128.load(at))
    v128.store(sums + k, a)
  }
}
