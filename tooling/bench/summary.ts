// The first table of the page: each task against its best peer, what has to be, what is hoped for, and whether it is so.

export interface Summary {
  readonly task: string
  readonly threads: number
  /** The fastest of later runs; undefined where nobody was there, or got there. */
  readonly peer: { readonly name: string; readonly seconds: number } | undefined
  readonly own: { readonly name: string; readonly seconds: number } | undefined
  /** The peers' fastest first run as a multiple of ours. */
  readonly first: number | undefined
  /** Multiples: what later runs and, where it is measured, the first run have to be; and what is hoped for. */
  readonly required?: number | undefined
  readonly goal?: number | undefined
}

export function summaryTable(lines: readonly Summary[]): string {
  const heads = ['task', 'threads', 'best peer', 's', 'logodds', 's', 'first', 'later', 'has to be', 'goal']
  const rows = lines.map(({ task, threads, peer, own, first, required, goal }) => {
    const later = peer && own && peer.seconds / own.seconds
    return [
      task,
      `${threads}`,
      peer?.name ?? 'none there',
      peer ? shown(peer.seconds) : '',
      own?.name ?? 'not reached',
      own ? shown(own.seconds) : '',
      first === undefined ? '' : times(first),
      later === undefined ? '' : `**${times(later)}**`,
      judged(required, [first, later]),
      judged(goal, [later]),
    ]
  })
  return [
    `| ${heads.join(' | ')} |`,
    '|---|---:|---|---:|---|---:|---:|---:|---:|---:|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
  ].join('\n')
}

/** A multiple, and whether all that was measured is at least as large. */
function judged(wanted: number | undefined, measured: readonly (number | undefined)[]): string {
  if (wanted === undefined) return ''
  const known = measured.filter((ratio) => ratio !== undefined)
  if (known.length === 0) return times(wanted)
  return `${times(wanted)} ${known.every((ratio) => ratio >= wanted) ? '✓' : '✗'}`
}

const shown = (seconds: number): string => seconds.toPrecision(3)
const times = (ratio: number): string => `${Number(ratio.toPrecision(ratio < 10 ? 2 : 3))}×`
