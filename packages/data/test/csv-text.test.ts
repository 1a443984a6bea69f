import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv } from '../src/csv-read.ts'

const text = '\uFEFFa,"b ""q"""\r\n1,"é, 猫\r\n😀"\r\n2,ß\r\n'
const expected = [
  { name: 'a', kind: 'number', values: Float64Array.of(1, 2), missing: 0 },
  { name: 'b "q"', kind: 'text', values: ['é, 猫\r\n😀', 'ß'], missing: 0 },
]
const pieces = (length: number) =>
  fc.array(fc.nat(length), { maxLength: 12 }).map((cuts) => [0, ...cuts, length].sort((a, b) => a - b))

test('text cut anywhere, between the halves of a character too', async () => {
  await fc.assert(
    fc.asyncProperty(pieces(text.length), async (cuts) => {
      const parts = cuts.slice(1).map((end, i) => text.slice(cuts[i], end))
      expect((await readCsv(parts)).columns).toEqual(expected)
    }),
  )
})

test('bytes cut anywhere, from an iterable and from a web stream', async () => {
  const bytes = new TextEncoder().encode(text)
  await fc.assert(
    fc.asyncProperty(pieces(bytes.length), async (cuts) => {
      const parts = cuts.slice(1).map((end, i) => bytes.slice(cuts[i], end))
      expect((await readCsv(parts)).columns).toEqual(expected)
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const part of parts) controller.enqueue(part)
          controller.close()
        },
      })
      expect((await readCsv(stream)).columns).toEqual(expected)
    }),
  )
})

test('UTF-16 with a byte order mark, as spreadsheets write it', async () => {
  expect((await readCsv([new Uint8Array(Buffer.from(text, 'utf16le'))])).columns).toEqual(expected)
})

test('bytes that are no UTF-8 are an error, wherever they stand', async () => {
  const message = 'x.csv: not UTF-8 text: save it as CSV in UTF-8'
  const latin1 = new Uint8Array(Buffer.from('a\né\n', 'latin1'))
  await expect(readCsv([latin1], { name: 'x.csv' })).rejects.toThrow(message)
  const cutShort = new TextEncoder().encode('a\né').slice(0, -1)
  await expect(readCsv([cutShort], { name: 'x.csv' })).rejects.toThrow(message)
})

test('an error closes the source', async () => {
  let closed = 0
  async function* broken() {
    try {
      for (;;) yield 'a,b\n1\n'
    } finally {
      closed++
    }
  }
  await expect(readCsv(broken())).rejects.toThrow('expected 2 fields, got 1')
  const stream = new ReadableStream<string>({
    pull: (controller) => controller.enqueue('a,b\n1\n'),
    cancel: () => {
      closed++
    },
  })
  await expect(readCsv(stream)).rejects.toThrow('expected 2 fields, got 1')
  expect(closed).toBe(2)
})

test('an error of the source comes through', async () => {
  async function* failing() {
    yield 'a\n1\n'
    throw new Error('the network is down')
  }
  await expect(readCsv(failing())).rejects.toThrow('the network is down')
})
