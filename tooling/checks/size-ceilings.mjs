// What an import may cost, in bytes after minification and gzip -9, all that it needs included; and the names that must
// not come along. A ceiling is raised on purpose, in a change that says why.

const solvers = [
  'gradientDescent',
  'momentum',
  'nesterov',
  'newton',
  'newtonCg',
  'trustRegion',
  'bfgs',
  'lbfgs',
  'fista',
  'proximalNewton',
  'dualCoordinateDescent',
  'proximalGradient',
  'owlqn',
  'projectedGradient',
  'subgradient',
  'sgd',
  'adagrad',
  'rmsprop',
  'adam',
  'saga',
  'svrg',
]
/** What ends a solver early, for those who want it. */
const criteria = ['until', 'untilGap', 'relativeGradient', 'relativeDecrease']
const othersThan = (name) => solvers.filter((solver) => solver !== name)

const activations = [
  'identity',
  'sigmoid',
  'logSigmoid',
  'logit',
  'softplus',
  'tanh',
  'relu',
  'leakyRelu',
  'elu',
  'silu',
  'cloglog',
  'inverseCloglog',
  'logInverseCloglog',
  'softmax',
  'logSoftmax',
  'sparsemax',
]
/** Those that hold a polynomial of 25 coefficients. */
const ofTheNormalDistribution = [
  'gelu',
  'geluDerivative',
  'normalCdf',
  'logNormalCdf',
  'logNormalCdfDerivative',
  'probit',
  'probitDerivative',
]
const products = ['softmax', 'logSoftmax', 'sparsemax'].flatMap((name) => [`${name}Jvp`, `${name}Vjp`])
/** Every function of an activation that is exported, and what it is allowed to bring. */
const activationFunctions = new Map([
  ...[...activations, ...ofTheNormalDistribution, ...products, 'normalPdf', 'elementwise'].map((name) => [
    name,
    [],
  ]),
  ...activations.slice(0, -3).map((name) => [`${name}Derivative`, []]),
  ['softplusDerivative', ['sigmoid']],
  ['normalCdfDerivative', ['normalPdf']],
  ['probitDerivative', ['probit']],
])

/** Losses of one input, and functions of distributions, each alone. */
const scalarLosses = [
  'binaryCrossEntropy',
  'logisticLoss',
  'probabilityCrossEntropy',
  'hinge',
  'squaredHinge',
  'modifiedHuber',
  'exponential',
  'perceptron',
  'zeroOne',
  'binaryBrier',
  'binarySpherical',
  'focal',
  'squared',
  'absolute',
  'huber',
  'pseudoHuber',
  'logCosh',
  'quantile',
  'epsilonInsensitive',
  'mape',
  'poissonDeviance',
  'crossEntropy',
  'klDivergence',
  'jensenShannonDivergence',
]
/** Losses of K inputs: those of a softmax hold one that is exact to the last digits (0.3 kB), its Hessian and an entropy. */
const vectorLosses = {
  categoricalCrossEntropy: 900,
  softTargetCrossEntropy: 1000,
  smoothedCrossEntropy: 1050,
  weightedCrossEntropy: 1150,
  negativeLogLikelihood: 700,
  multiLabelCrossEntropy: 750,
  multiLabelSoftMargin: 750,
  categoricalBrier: 1000,
  categoricalSpherical: 850,
  gaussianNll: 750,
}
/**
 * Where the goal of 400 is missed. Focal: two parameters that are checked, and a smoothness that has no closed form. Poisson: a
 * logarithm whose rounding is put back, without which a large count would lose digits.
 */
const larger = { focal: 520, poissonDeviance: 450 }
const losses = [...scalarLosses, ...Object.keys(vectorLosses)]
const blocks = ['binaryCrossEntropyBlocks', 'categoricalCrossEntropyBlocks']

export const imports = [
  {
    from: '@logodds/core',
    names: ['sigmoid'],
    bytes: 300,
    without: ['softplus', 'softmax', 'binaryCrossEntropy'],
  },
  ...losses.map((name) => ({
    from: '@logodds/core',
    names: [name],
    bytes: larger[name] ?? vectorLosses[name] ?? 400,
    without: [...losses.filter((other) => other !== name), ...blocks],
  })),
  { from: '@logodds/core', names: ['entropy'], bytes: 400, without: losses },
  ...blocks.map((name) => ({ from: '@logodds/core', names: [name], bytes: 900, without: losses })),
  { from: '@logodds/core', names: ['blockForm'], bytes: 900, without: [...losses, ...blocks] },
  { from: '@logodds/core', names: ['gradientHessian'], bytes: 1000, without: [...losses, ...blocks] },
  { from: '@logodds/core', names: ['curvatureBounds'], bytes: 900, without: [...losses, ...blocks] },
  ...[...activationFunctions].map(([name, parts]) => ({
    from: '@logodds/core',
    names: [name],
    bytes: ofTheNormalDistribution.includes(name) ? 1000 : 400,
    without: [...activationFunctions.keys()].filter((other) => other !== name && !parts.includes(other)),
  })),
  ...solvers.map((name) => ({
    from: '@logodds/optim',
    names: [name],
    bytes: 1500,
    without: othersThan(name),
  })),
  { from: '@logodds/optim', names: ['armijo'], bytes: 600, without: [...solvers, 'wolfe'] },
  { from: '@logodds/optim', names: ['wolfe'], bytes: 700, without: [...solvers, 'armijo'] },
  { from: '@logodds/optim', names: ['conjugateGradient'], bytes: 800, without: solvers },
  { from: '@logodds/optim', names: ['checkDerivatives'], bytes: 3000, without: [...solvers, 'minimize'] },
  ...criteria.map((name) => ({ from: '@logodds/optim', names: [name], bytes: 1000, without: solvers })),
  {
    from: '@logodds/optim',
    names: ['minimize'],
    bytes: 1500,
    without: [...solvers, ...criteria, 'minimizeAsync'],
  },
  {
    from: '@logodds/linear',
    names: ['fitLogistic'],
    // The goal is 6000. Without L-BFGS, the duality gap, aliasing, class weights, warm starts and the data hash it would still
    // be above 6400; this holds the line at what it costs with them, with its mistakes named, and with X as a design of any kind;
    // with plain loops over the n rows where closures took as long as 20 passes over the data do with kernels; and with labels that are counted
    // in the one loop over them, and a fingerprint of X that threads can share.
    bytes: 9340,
    without: [
      'valibot',
      'softmax',
      'categoricalCrossEntropy',
      'parseModel',
      'minimizeAsync',
      'predictProbability',
    ],
  },
  {
    from: '@logodds/linear',
    names: ['auto'],
    // Newton's method, L-BFGS, the driver of that on a sample of the rows, dual coordinate descent with its rows of every kind, and the
    // factorisation that many columns of η share, 900 of it. 700 are what makes of a sample a small problem, copied or viewed, without a look at the rest;
    // 450 are Anderson's mixing of sweeps, and how an intercept is held: a third of the sweeps.
    // 700 are Newton's method with conjugate gradients, where rows are alike: a tenth of the passes, or an end at all.
    bytes: 12400,
    without: ['valibot', 'fitLogistic', 'softmax'],
  },
  {
    from: '@logodds/linear',
    names: ['fitLinear'],
    // With the closed form, Newton, L-BFGS, the method of multipliers for kinks of the loss and of ℓ1, and an objective that answers every question.
    bytes: 14450,
    without: [
      'valibot',
      'softmax',
      'proximalNewton',
      'fista',
      'binaryCrossEntropy',
      'predictResponse',
      'parseModel',
    ],
  },
  {
    from: '@logodds/linear',
    names: ['predictResponse'],
    // With designs of any kind in place of a matrix, and sums that leave the doubles on the way.
    bytes: 1650,
    without: ['valibot', 'fitLinear', ...solvers],
  },
  { from: '@logodds/linear', names: ['fitPlatt'], bytes: 4900, without: ['valibot', 'fitLogistic', 'lbfgs'] },
  {
    from: '@logodds/linear',
    names: ['fitTemperature'],
    bytes: 2080,
    without: ['valibot', 'fitPlatt', ...solvers],
  },
  {
    from: '@logodds/linear',
    names: ['predictProbability'],
    bytes: 2000,
    without: ['valibot', 'fitLogistic', ...solvers],
  },
  // A sparse design holds its moments, Gram matrices and the columns that it stores in full; none brings a fit.
  { from: '@logodds/linear', names: ['csr'], bytes: 4650, without: ['fitLogistic', 'csc', ...solvers] },
  { from: '@logodds/linear', names: ['csc'], bytes: 4150, without: ['fitLogistic', 'asMatrix', ...solvers] },
  {
    from: '@logodds/linear',
    names: ['sparseOrDense'],
    bytes: 5120,
    without: ['fitLogistic', 'csc', ...solvers],
  },
  {
    from: '@logodds/linear',
    names: ['blockFile'],
    bytes: 2040,
    without: ['fitLogistic', 'asMatrix', 'csr', ...solvers],
  },
  {
    from: '@logodds/multiclass',
    names: ['fitSoftmax'],
    // 1200 of it are Newton-CG and its preconditioner: without them, digits take four times the passes, and raw pixels do not converge. 1400 are
    // the factorisation that all classes share, and the sample of rows that it is made of: 40 passes in place of many hundreds where there are many.
    bytes: 15050,
    without: ['valibot', 'binaryCrossEntropy', 'proximalNewton', 'fista'],
  },
  // 350 of each are what fitLogistic's gained: one loop over labels and their counts, a fingerprint by blocks, rows that are read straight into doubles.
  {
    from: '@logodds/multiclass',
    names: ['fitOneVsRest'],
    bytes: 10420,
    without: ['valibot', 'softmax', 'categoricalCrossEntropy', 'newtonCg'],
  },
  {
    from: '@logodds/multiclass',
    names: ['fitOneVsOne'],
    bytes: 10520,
    without: ['valibot', 'softmax', 'categoricalCrossEntropy', 'newtonCg', 'pairwiseCoupling'],
  },
  {
    from: '@logodds/multiclass',
    names: ['fitOrdinal'],
    bytes: 10830,
    without: ['valibot', 'softmax', 'categoricalCrossEntropy', 'newtonCg'],
  },
  {
    from: '@logodds/multiclass',
    names: ['fitMultiLabel'],
    bytes: 10410,
    without: ['valibot', 'softmax', 'categoricalCrossEntropy', 'newtonCg'],
  },
  {
    from: '@logodds/multiclass',
    names: ['decide'],
    bytes: 4200,
    without: ['valibot', 'fitSoftmax', 'fitLogistic', ...solvers],
  },
  {
    from: '@logodds/data',
    names: ['stratifiedSplit'],
    bytes: 2200,
    without: ['readCsv', 'breastCancer', 'iris'],
  },
  { from: '@logodds/data', names: ['iris'], bytes: 2000, without: ['breastCancer', 'readCsv'] },
  {
    from: '@logodds/data',
    names: ['coding', 'encode'],
    bytes: 2500,
    without: ['readCsv', 'stratifiedSplit'],
  },
  { from: '@logodds/kernels', names: ['sortDoubles'], bytes: 2500, without: ['denseModule'] },
  // Almost all of it is code in WebAssembly: of passes over sparse rows for the logistic and the softmax loss, and what they share with threads.
  {
    from: '@logodds/kernels',
    names: ['csr'],
    bytes: 22950,
    without: ['sortDoubles', 'fitLogistic', 'denseStorage', 'denseModule'],
  },
  // The same of dense rows, with dual coordinate descent, which is 4000, and the softmax loss, 6500. 3500 are what halved a fit: moments, fingerprint
  // and the look at the numbers in one pass, short rows in registers, samples of rows, sweeps over centred rows, threads that are ready beforehand.
  {
    from: '@logodds/kernels',
    names: ['dense'],
    bytes: 31000,
    without: ['sortDoubles', 'fitLogistic', 'sparseModule'],
  },
  { from: '@logodds/kernels', names: ['threads'], bytes: 500, without: ['denseModule'] },
]

/**
 * Every function that the package exports, each alone. The goal is 1000. What a function of labels cannot do without is 680: errors that
 * show what was got (250), a column that is as long as truth (60), labels of three kinds and weights with their errors (340). Classes in order or
 * as given cost 180 more, the positive class 200, the four averages 250, a matrix of probabilities in its three forms 450, two sorted columns
 * in lent memory and the points where they are merged 570, weights of such points 200, the inside of straight stretches 150. `above` holds the line
 * for what needs several of these. All of the package together is a fifth of the sum.
 */
export const eachExport = [
  {
    from: '@logodds/metrics',
    bytes: 1000,
    above: {
      averagePrecision: 1840,
      bootstrap: 1560,
      brierDecomposition: 1530,
      brierScore: 1560,
      brierSkill: 1670,
      calibrationCurve: 1450,
      chooseThreshold: 2400,
      cohenKappa: 1190,
      confusionMatrix: 1120,
      correctedProbabilities: 1540,
      costCurve: 2050,
      delong: 2160,
      detCurve: 2020,
      expectedCalibrationError: 2190,
      f1: 1280,
      fBeta: 1320,
      fitIsotonic: 1450,
      gainCurve: 1990,
      hosmerLemeshow: 1580,
      jaccard: 1290,
      liftCurve: 1840,
      logLoss: 1760,
      logLossSkill: 1730,
      maximumCalibrationError: 2170,
      meanCost: 1030,
      multiclassAverage: 1560,
      multilabelScores: 1230,
      partialAuc: 1980,
      perClass: 1090,
      perClassScores: 1870,
      precision: 1280,
      precisionRecallCurve: 2030,
      recall: 1280,
      rocAuc: 1970,
      rocCurve: 1990,
      specificity: 1320,
      sphericalScore: 1600,
      spiegelhalter: 1290,
      tjurR2: 1230,
      topKAccuracy: 1210,
      youdenJ: 1010,
    },
  },
]

/** A whole package: our own code in it, without its dependencies. */
export const packages = {
  '@logodds/core': 13000,
  '@logodds/optim': 17000,
  '@logodds/linear': 28800,
  '@logodds/multiclass': 10300,
  '@logodds/metrics': 15000,
  // Almost all of it is the breast-cancer table.
  '@logodds/data': 56000,
  '@logodds/plot': 4000,
  // 18 000 of it are code in WebAssembly, which a test of its own keeps below 20 000.
  '@logodds/kernels': 39800,
}
