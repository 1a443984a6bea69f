// What to do in doubt: a decision for each row, or none, with the reason; nothing is resolved in silence.
import type { Design, Label, MatrixLike } from '@logodds/linear'
import type { ClassModel } from './class-model.ts'
import { type Basis, fromModel, fromProbabilities, type NumberOptions } from './decision-numbers.ts'
import { demand } from './demand.ts'
import { TIED } from './predict.ts'

/** Why a decision is in doubt; the first that applies. 'claims': of one-vs-rest, where no class or several claim the row. */
export type Doubt = 'tie' | 'claims' | 'probability' | 'margin' | 'entropy'

export interface DecideOptions {
  /** Chow's rule: abstain where the largest probability is below, in [0, 1]; wrong costs 1, abstaining 1 − this. Default: 0. */
  minProbability?: number | undefined
  /** Abstain where the two largest probabilities are less than this apart, in [0, 1]. Default: 0. */
  minMargin?: number | undefined
  /** Abstain where −Σ p log p is above: nats, 0 … log K. Default: log K, never. */
  maxEntropy?: number | undefined
  /** 'abstain', or decide for `first`; a tie is reported either way. Default: 'abstain'. */
  ties?: 'abstain' | 'first' | undefined
  /** Probabilities that are at most this far below the largest are tied with it. Default: 1e-12, what rounding may do. */
  tieTolerance?: number | undefined
  /** One-vs-rest: abstain where other than one class has a score ≥ 0 of its own. Default: false. */
  oneClaim?: boolean | undefined
}

export interface ModelDecideOptions extends DecideOptions, NumberOptions {}

/** What is decided for a row. */
export interface Decision {
  /** null: abstained. */
  readonly label: Label | null
  /** null: none. With `ties: 'first'` there is a label beside 'tie'. */
  readonly doubt: Doubt | null
  /** The class with the largest probability (of tied ones the first), and the largest of the others. */
  readonly first: Label
  readonly second: Label
  /** The classes that share the largest probability: one of them or more. */
  readonly tied: readonly Label[]
  /** Of `first`. */
  readonly probability: number
  /** Between the probabilities of `first` and `second`. */
  readonly margin: number
  /** −Σ p log p, in nats. */
  readonly entropy: number
  /** One-vs-rest: the classes whose own score is ≥ 0, which may be none or several. null for others. */
  readonly claims: readonly Label[] | null
  /** One-vs-one: how many of its pairs each class wins, in the order of `classes`. null for others. */
  readonly votes: readonly number[] | null
}

export interface Decisions {
  readonly basis: Basis
  /** What the basis means, in a sentence: whether the numbers are probabilities, and whose word that is. */
  readonly note: string
  readonly rows: Decision[]
  /** Rows without a label. */
  readonly abstained: number
  /** Rows where classes tie, decided or not. */
  readonly ties: number
}

/**
 * Decides for the class with the largest probability, or abstains: where classes tie, and where the rules of the options say so. Every row
 * comes with its top two classes, margin and entropy. Where there is a label and no tie, it is that of `predict`.
 *
 * @param source a model, and with it new rows; or probabilities (n × K, rows that sum to 1), and with them their K classes
 * @throws RangeError as predictProbability does; for an option out of range; for probabilities that are none
 * @see Chow, On optimum recognition error and reject tradeoff, IEEE Trans. Inf. Theory 16 (1970), 41–46
 */
export function decide(source: ClassModel, X: MatrixLike | Design, options?: ModelDecideOptions): Decisions
export function decide(source: MatrixLike, classes: readonly Label[], options?: DecideOptions): Decisions
export function decide(
  source: ClassModel | MatrixLike,
  second: MatrixLike | Design | readonly Label[],
  options: ModelDecideOptions = {},
): Decisions {
  const { minProbability = 0, minMargin = 0, tieTolerance = TIED, ties = 'abstain', oneClaim } = options
  const caller = 'decide'
  const inside = (v: number) => v >= 0 && v <= 1
  demand(inside(minProbability), caller, 'minProbability in [0, 1]', minProbability)
  demand(inside(minMargin), caller, 'minMargin in [0, 1]', minMargin)
  demand(inside(tieTolerance), caller, 'tieTolerance in [0, 1]', tieTolerance)
  demand(ties === 'abstain' || ties === 'first', caller, "ties 'abstain' or 'first'", ties)
  const { classes, basis, note, p, claims, counts } =
    'format' in source
      ? fromModel(source, second as MatrixLike | Design, options)
      : fromProbabilities(source, second as readonly Label[])
  const { maxEntropy = Math.log(classes.length) } = options
  demand(maxEntropy >= 0, caller, 'maxEntropy ≥ 0', maxEntropy)
  demand(!oneClaim || claims, caller, 'oneClaim with a one-vs-rest model', basis)

  const rows = Array.from({ length: p.shape[0] }, (_, i): Decision => {
    const row = p.data.subarray(i * classes.length, (i + 1) * classes.length)
    const top = row.reduce((a, b) => Math.max(a, b))
    const first = row.findIndex((v) => top - v <= tieTolerance)
    let next = first ? 0 : 1
    for (let k = 0; k < row.length; k++) if (k !== first && row[k] > row[next]) next = k
    const tied = classes.filter((_, k) => top - row[k] <= tieTolerance)
    const margin = Math.abs(row[first] - row[next])
    const entropy = row.reduce((sum, v) => (v > 0 ? sum - v * Math.log(v) : sum), 0)
    const own = claims ? classes.filter((_, k) => claims[i * classes.length + k] >= 0) : null
    const reject: Doubt | null =
      oneClaim && own?.length !== 1
        ? 'claims'
        : row[first] < minProbability
          ? 'probability'
          : margin < minMargin
            ? 'margin'
            : // log K by another way may come out an ulp below.
              entropy > maxEntropy * (1 + 1e-15)
              ? 'entropy'
              : null
    const tie = tied.length > 1
    const doubt = tie && ties === 'abstain' ? 'tie' : (reject ?? (tie ? 'tie' : null))
    return {
      label: reject || (tie && ties === 'abstain') ? null : classes[first],
      doubt,
      first: classes[first],
      second: classes[next],
      tied,
      probability: row[first],
      margin,
      entropy,
      claims: own,
      votes: counts ? Array.from(counts.subarray(i * classes.length, (i + 1) * classes.length)) : null,
    }
  })
  return {
    basis,
    note,
    rows,
    abstained: rows.filter(({ label }) => label === null).length,
    ties: rows.filter(({ tied }) => tied.length > 1).length,
  }
}
