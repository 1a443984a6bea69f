// Several threads give the bits of one, wait for nobody, and leave nothing behind when one of them fails.
import { availableParallelism } from 'node:os'
import { setTimeout as after } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { binaryCrossEntropy, binaryCrossEntropyBlocks } from '@logodds/core'
import { fitLogistic, fitLogisticAsync, objective } from '@logodds/linear'
import { l2, lbfgs } from '@logodds/optim'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engage, engaged, runChunks } from '../src/crew.ts'
import { FIRST, MAIL } from '../src/desk.ts'
import { csr, dense, matrix, threads } from '../src/index.ts'
import type { Mail } from '../src/mail.ts'
import type { Team, TeamTimes } from '../src/team.ts'
import { type Origin, origins } from '../src/web-assembly.ts'
import { meeting } from './meeting.ts'
import { numbers, uniform } from './random.ts'

const loss = { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }
const PATIENT = { limit: 60_000, idle: 60_000 }

/** So many threads, at once. */
function withThreads(count: number, times: TeamTimes = PATIENT): Team | undefined {
  threads(count)
  return engage(times)
}

beforeEach(() => {
  threads(2)
})
afterEach(() => {
  threads(1)
})

describe('threads', () => {
  it('says how many there may be, and takes how many there may be', () => {
    expect(threads()).toBe(2)
    expect(threads(3)).toBe(3)
    expect(threads()).toBe(3)
    expect(threads(1)).toBe(1)
    expect(engage()).toBeUndefined()
  })

  it.each([0, -1, 1.5, 33, Number.NaN, Number.POSITIVE_INFINITY, '2'])('refuses %s', (count) => {
    expect(() => threads(count as number)).toThrow(
      new RangeError(`threads: expected count a whole number from 1 to 32, got ${count}`),
    )
    expect(threads()).toBe(2)
  })

  it('lets large matrices lie where threads share memory, small ones and those of one thread not', () => {
    expect(matrix(200, 1000).data.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(matrix(20, 10).data.buffer).toBeInstanceOf(ArrayBuffer)
    threads(1)
    expect(matrix(300, 1000).data.buffer).toBeInstanceOf(ArrayBuffer)
  })
})

describe('chunks', () => {
  it.each([2, 3, 4])('%i threads are at work at one time', (count) => {
    withThreads(count)
    const { module, words } = meeting()
    const chunks = Array.from({ length: 8 }, (): [number, number] => [64, count])
    expect([...runChunks(module, 'meet', chunks)]).toEqual(Array(8).fill(count))
    expect(words[16]).toBe(8)
    expect([...runChunks(module, 'meet', chunks)]).toEqual(Array(8).fill(count))
    expect(words[16]).toBe(16)
  })

  it('fewer than four stay on this thread', () => {
    const team = withThreads(2)
    const { module } = meeting()
    const calls = (count: number) => runChunks(module, 'meet', Array(count).fill([64, 1]))
    for (let k = 0; k < 200; k++) calls(3)
    expect(team?.helped()).toBe(0)
  })

  // A worker keeps three.
  it.each([2, 3, 4, 5])('of %i memories in turn: a worker goes from one to the other', (count) => {
    const team = withThreads(2)
    const meetings = Array.from({ length: count }, meeting)
    for (let k = 0; k < 20; k++) {
      for (const { module, words } of meetings) {
        words[16] = 0
        runChunks(module, 'meet', Array(4).fill([64, 2]))
        expect(words[16]).toBe(4)
      }
    }
    expect(team?.helped()).toBeGreaterThanOrEqual(20 * count)
  })

  it('workers start when there has been work enough, and not before', () => {
    threads(2)
    const X = { data: numbers(400_000, uniform(3)), shape: [4000, 100], stride: [100, 1], offset: 0 }
    const y = numbers(4000, uniform(4)).map((v) => +(v > 0))
    const design = dense(X)
    const oracle = objective({ design, loss, y })
    const at = new Float64Array(100)
    const gradient = new Float64Array(100)
    oracle({ ask: 'gradient', at, gradient })
    const before = engaged()?.ready()
    for (let k = 0; k < 2000 && !engaged(); k++) oracle({ ask: 'gradient', at: at.fill(k * 1e-6), gradient })
    expect([before, engaged()?.ended()]).toEqual([undefined, false])
  })
})

describe('workers for a matrix of 32 MiB or more', () => {
  const [n, p] = [2 ** 16, 64]

  it('start when it is made, and wait for its first question longer than for others', async () => {
    expect(matrix(n, p - 1).shape).toEqual([n, p - 1])
    expect(engaged()).toBeUndefined()
    const own = matrix(n, p)
    const team = engaged()
    for (let k = 0; k < 1000 && team?.ready() !== 1; k++) await after(20)
    expect([team?.ready(), team?.helped()]).toEqual([1, 0])
    own.data.forEach((_, q) => {
      own.data[q] = (q * 0.618034) % 1
    })
    const y = Array.from({ length: n }, (_, i) => i % 2)
    const oracle = objective({ design: dense(own), loss, y })
    const gradient = new Float64Array(p)
    // They have been told of the memory, and need no more than to wake up.
    for (let k = 0; k < 100 && !team?.helped(); k++)
      oracle({ ask: 'gradient', at: gradient.map(() => k), gradient })
    expect(team?.helped()).toBeGreaterThan(0)
    expect(engaged()).toBe(team)
  })

  it('start when it is copied; not for one thread', () => {
    const X = { data: new Float64Array(n * p), shape: [n, p], stride: [p, 1], offset: 0 }
    dense(X)
    expect(engaged()?.ended()).toBe(false)
    threads(1)
    dense(X)
    matrix(n, p)
    expect(engaged()).toBeUndefined()
  })

  it('end when no question comes for long, and sooner after one', async () => {
    const { module, words } = meeting()
    const origin = origins.get(module) as Origin
    const ended = async (team: Team | undefined) => {
      const from = performance.now()
      for (let k = 0; k < 1000 && !team?.ended(); k++) await after(20)
      return performance.now() - from
    }
    const unasked = withThreads(2, { limit: 60_000, idle: 60_000, early: 200 })
    unasked?.foresee([origin], [0, 0])
    expect(await ended(unasked)).toBeLessThan(15_000)
    threads(1)
    const team = withThreads(2, { limit: 60_000, idle: 1000, early: 60_000 })
    team?.foresee([origin], [0, 8])
    for (let k = 0; k < 1000 && !team?.ready(); k++) await after(20)
    // Longer than `idle`.
    await after(1500)
    expect(team?.ended()).toBe(false)
    expect([...runChunks(module, 'meet', Array(4).fill([64, 2]))]).toEqual([2, 2, 2, 2])
    expect(words[16]).toBe(4)
    expect(await ended(team)).toBeLessThan(15_000)
  })

  it('read of another matrix while they sleep', async () => {
    const team = withThreads(2)
    const [first, second] = [meeting(), meeting()]
    runChunks(first.module, 'meet', Array(4).fill([64, 2]))
    await after(50)
    // They have nothing to do with the first any more, until they are asked about it.
    team?.foresee([origins.get(second.module) as Origin], [0, 65536])
    await after(50)
    for (const { module } of [second, first])
      expect([...runChunks(module, 'meet', Array(4).fill([64, 2]))]).toEqual([2, 2, 2, 2])
  })
})

describe('a message', () => {
  /** What is sent to a worker while `use` runs, before it is sent, and whether it then is. */
  const watched = (note: (message: Mail) => boolean, use: (team: Team | undefined) => void) => {
    const platform = process.getBuiltinModule('node:worker_threads')
    const { Worker: Original } = platform
    platform.Worker = class extends Original {
      override postMessage(message: Mail) {
        if (note(message)) super.postMessage(message)
      }
    }
    try {
      use(withThreads(2))
    } finally {
      platform.Worker = Original
    }
  }

  it('is counted before it can be read', () => {
    const counts: number[] = []
    watched(
      ({ desk }) => counts.push(Atomics.load(new Int32Array(desk), FIRST + MAIL)) > 0,
      () => {
        for (const { module } of [meeting(), meeting()])
          expect([...runChunks(module, 'meet', Array(4).fill([64, 2]))]).toEqual([2, 2, 2, 2])
      },
    )
    expect(counts).toEqual([1, 2])
  })

  it('says which memories are too many, or too large beside the others', () => {
    const forgotten: (readonly number[])[] = []
    const module = {}
    watched(
      ({ forget }) => forgotten.push(forget) < 0,
      (team) => {
        for (const size of [600, 600, 300, 300, 2000, 100, 2000]) {
          const memory = { buffer: { byteLength: size * 2 ** 20 } }
          team?.foresee([{ exports: {}, module, memory } as unknown as Origin], [0, 0])
        }
      },
    )
    // The module is 2. Three memories, of 1 GiB or half as much again as the largest.
    expect(forgotten).toEqual([[], [1], [], [3], [], [4], [5, 6]])
  })
})

describe.each(Object.entries({ dense, csr }))('the bits of %s', (_, made) => {
  const [n, p] = [9001, 65]
  const random = uniform(17)
  const X = {
    data: numbers(n * p, random).map((v) => Math.max(0, v)),
    shape: [n, p],
    stride: [p, 1],
    offset: 0,
  }
  const y = numbers(n, random).map((v) => +(v > 0))
  const weights = numbers(n, random).map((v) => 1 + v)

  /** What the oracle says to all questions, and how much of it came from workers. */
  function answers(count: number) {
    const team = withThreads(count)
    const design = made(X).withIntercept()
    const oracle = objective({ design, loss, y, weights })
    const size = p + 1
    const [at, along, gradient, product] = [0, 1, 2, 3].map((k) => numbers(size, uniform(k)))
    const hessian = new Float64Array(size ** 2)
    const said: number[] = []
    const ask = () => {
      const values = [oracle({ ask: 'value', at }), oracle({ ask: 'gradient', at, gradient })]
      oracle({ ask: 'curvature', at, along, product })
      values.push(oracle({ ask: 'hessian', at, gradient, hessian }))
      return [...values, ...gradient, ...product, ...hessian]
    }
    const { mean, deviation, hash } = design.moments(new Float64Array(n).fill(1 / n))
    said.push(...mean, ...deviation, hash)
    // Until all have worked for it; workers may need a while to start.
    const until = performance.now() + 20_000
    do said.splice(2 * size + 1, Number.POSITIVE_INFINITY, ...ask())
    while (team && (team.ready() < count - 1 || team.helped() < 100) && performance.now() < until)
    return { said, helped: team?.helped() ?? 0 }
  }

  it('are those of one thread', () => {
    const one = answers(1)
    expect(one.helped).toBe(0)
    expect(one.said.length).toBe(2 * (p + 1) + 1 + 3 + 2 * (p + 1) + (p + 1) ** 2)
    for (const count of [2, 3]) {
      const { said, helped } = answers(count)
      expect(helped).toBeGreaterThanOrEqual(100)
      expect(said.every((v, q) => Object.is(v, one.said[q]))).toBe(true)
    }
  })

  it('of a fit, too: the same model, whatever the threads', () => {
    const fits = [1, 2, 3].map((count) => {
      withThreads(count)
      return [{}, { solver: () => lbfgs() }].map((options) =>
        JSON.stringify(fitLogistic(dense(X), y, { penalty: l2(1e-3), ...options })),
      )
    })
    expect(fits[1]).toEqual(fits[0])
    expect(fits[2]).toEqual(fits[0])
  })

  it('of a fit that was aborted: the next one is as if it had not been', async () => {
    withThreads(1)
    const expected = fitLogistic(dense(X), y, { penalty: l2(1e-3) })
    const team = withThreads(2)
    const design = dense(X)
    const controller = new AbortController()
    const aborted = await fitLogisticAsync(design, y, {
      penalty: l2(1e-9),
      solver: () => lbfgs(),
      signal: controller.signal,
      onStep: ({ iteration }) => {
        if (iteration === 2) controller.abort()
      },
    })
    expect(aborted.fit.status).toBe('stopped')
    const helped = team?.helped()
    await after(50)
    expect(team?.helped()).toBe(helped)
    expect(fitLogistic(design, y, { penalty: l2(1e-3) })).toEqual(expected)
  })
})

describe('a worker that', () => {
  const failing = (name: 'fail' | 'stay', times?: TeamTimes) => {
    const team = withThreads(2, times)
    const { module, words } = meeting()
    // All are there.
    runChunks(module, 'meet', Array(4).fill([128, 2]))
    const chunks = Array.from({ length: 5 }, (_, c): [number, number] => [c, 64])
    let error: unknown
    try {
      runChunks(module, name, chunks)
    } catch (caught) {
      error = caught
    }
    return { team, error, words }
  }

  /** Another question gets its answer from several threads, as if nothing had been. */
  const worksAgain = () => {
    withThreads(2)
    const { module } = meeting()
    expect([...runChunks(module, 'meet', Array(4).fill([64, 2]))]).toEqual([2, 2, 2, 2])
  }

  it('traps ends the question by name; the next one has other workers', () => {
    const { team, error } = failing('fail')
    expect(error).toMatchObject({
      name: 'ThreadError',
      message: 'threads: a worker at fail failed: RuntimeError: unreachable',
    })
    expect(team?.ready()).toBe(0)
    worksAgain()
  })

  it('has no result in time does, too, and is ended', async () => {
    const { team, error, words } = failing('stay', { limit: 100, idle: 1000 })
    expect(error).toMatchObject({ name: 'ThreadError' })
    expect(String(error)).toMatch(/threads: a worker at stay failed: no result after \d+ ms$/)
    expect(team?.ready()).toBe(0)
    await after(200)
    const counted = words[16]
    await after(50)
    expect(words[16]).toBe(counted)
    worksAgain()
  })

  it('dies between questions is missed by nobody, and replaced', async () => {
    const platform = process.getBuiltinModule('node:worker_threads')
    const made: Worker[] = []
    const { Worker: Original } = platform
    platform.Worker = class extends Original {
      constructor(...given: ConstructorParameters<typeof Original>) {
        super(...given)
        made.push(this)
      }
    }
    try {
      const team = withThreads(2)
      const { module } = meeting()
      expect([...runChunks(module, 'meet', Array(4).fill([64, 2]))]).toEqual([2, 2, 2, 2])
      expect(made.length).toBe(1)
      await made[0].terminate()
      expect([...runChunks(module, 'meet', Array(4).fill([64, 1]))]).toEqual([1, 1, 1, 1])
      for (let k = 0; k < 100 && !team?.ended(); k++) await after(20)
      expect(engage()).not.toBe(team)
      expect([...runChunks(meeting().module, 'meet', Array(4).fill([64, 2]))]).toEqual([2, 2, 2, 2])
      expect(made.length).toBe(2)
    } finally {
      platform.Worker = Original
    }
  })

  it('ends by itself is missed by nobody', async () => {
    // Longer than this thread may be kept from asking, however busy the machine is.
    const team = withThreads(2, { limit: 60_000, idle: 1000 })
    const { module } = meeting()
    runChunks(module, 'meet', Array(4).fill([64, 2]))
    expect(team?.helped()).toBeGreaterThan(0)
    for (let k = 0; k < 1000 && !team?.ended(); k++) await after(20)
    expect(team?.ended()).toBe(true)
    expect([...runChunks(module, 'meet', Array(4).fill([64, 1]))]).toEqual([1, 1, 1, 1])
    worksAgain()
  })
})

it('a trap on this thread is what it is, once the workers have finished theirs', () => {
  withThreads(2)
  const { module } = meeting()
  // The second chunk waits for a first that is not there, until this thread has failed.
  const chunks = Array.from({ length: 4 }, (_, c): [number, number] => [c === 0 ? 1 : 2, 64])
  expect(() => runChunks(module, 'fail', chunks)).toThrow('unreachable')
})

it('by default there are as many threads as processors, at most 8', async () => {
  const fresh = await import('../src/crew.ts?fresh' as string)
  expect(fresh.threads()).toBe(Math.min(8, availableParallelism()))
})
