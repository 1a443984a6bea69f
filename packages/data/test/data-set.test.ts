import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readCsvFile } from '../src/csv-file.ts'
import { breastCancer, iris } from '../src/data-set.ts'

test('the generated modules are what the files make', () => {
  const script = fileURLToPath(new URL('../scripts/datasets.mjs', import.meta.url))
  execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })
})

// Counts, means and standard deviations as scikit-learn 1.2.1's copies have them (numpy: data.mean(0)[[0, -1]], data.std(0)[[0, -1]]).
test.each([
  [
    'breast_cancer',
    breastCancer,
    [569, 30],
    { benign: 357, malignant: 212 },
    [14.127291739894563, 0.08394581722319855],
    [3.5209507607110626, 0.018045389308594995],
  ],
  [
    'iris',
    iris,
    [150, 4],
    { setosa: 50, versicolor: 50, virginica: 50 },
    [5.843333333333335, 1.199333333333334],
    [0.8253012917851409, 0.7596926279021594],
  ],
] as const)('%s', async (file, load, shape, counts, means, deviations) => {
  const { matrix, terms, labels, classes, source } = load()
  const [n, p] = matrix.shape
  expect(matrix.shape).toEqual(shape)
  expect(matrix.stride).toEqual([p, 1])
  expect(source).toContain('CC BY 4.0')
  expect(classes).toEqual(Object.keys(counts))
  expect(classes.map((label) => labels.filter((other) => other === label).length)).toEqual(
    Object.values(counts),
  )
  ;[0, p - 1].forEach((j, k) => {
    const column = Array.from({ length: n }, (_, i) => matrix.data[i * p + j])
    const mean = column.reduce((sum, x) => sum + x, 0) / n
    const deviation = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n)
    expect(mean).toBeCloseTo(means[k], 12)
    expect(deviation).toBeCloseTo(deviations[k], 12)
  })

  const path = createRequire(import.meta.url).resolve(`@logodds/data/datasets/${file}.csv`)
  const table = await readCsvFile(path)
  expect(table.columns.map(({ name }) => name).slice(0, p)).toEqual(terms)
  expect(table.columns[p].values).toEqual(labels)
  for (let j = 0; j < p; j++) {
    expect(table.columns[j].values).toEqual(
      Float64Array.from({ length: n }, (_, i) => matrix.data[i * p + j]),
    )
  }
})

test('each call makes its own copy', () => {
  const first = iris()
  first.matrix.data.fill(0)
  first.labels.fill('')
  expect(iris().matrix.data[0]).toBe(5.1)
  expect(iris().labels[0]).toBe('setosa')
})
