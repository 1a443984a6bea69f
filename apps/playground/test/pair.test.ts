import { expect, test } from 'vitest'
import { choices, pairOf, spoken } from '../src/pair.ts'

test('offers the three species and the four measurements', () => {
  expect(choices()).toEqual({
    species: ['setosa', 'versicolor', 'virginica'],
    features: ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'],
  })
  expect(spoken('petal_length')).toBe('petal length')
})

test('takes the rows of two species and two columns in the order asked for', () => {
  const { X, labels } = pairOf({
    species: ['virginica', 'setosa'],
    features: ['petal_width', 'sepal_length'],
  })
  expect(X.shape).toEqual([100, 2])
  expect(X.data).toHaveLength(200)
  expect(labels.filter((label) => label === 'setosa')).toHaveLength(50)
  expect(labels.filter((label) => label === 'virginica')).toHaveLength(50)
  // The first flower of Fisher's table, and the first virginica.
  expect([labels[0], ...X.data.slice(0, 2)]).toEqual(['setosa', 0.2, 5.1])
  expect([labels[50], ...X.data.slice(100, 102)]).toEqual(['virginica', 2.5, 6.3])
})
