// What a package.json must say before it may be published, and what it must not do to whoever installs it.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { root, workspacePackages } from './workspace.mjs'

const installScripts = [
  'preinstall',
  'install',
  'postinstall',
  'preprepare',
  'prepare',
  'postprepare',
  'prepublish',
]

export function manifestFaults(from = root) {
  return workspacePackages(from).flatMap((entry) =>
    [...everyManifest(entry), ...(entry.published ? publishedManifest(entry) : [])].map(
      (fault) => `${entry.place}/package.json: ${fault}`,
    ),
  )
}

function everyManifest({ manifest }) {
  return [
    [manifest.license === 'MIT', 'license is not MIT'],
    [manifest.description, 'no description'],
    [manifest.type === 'module', 'type is not module'],
    ...Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).map(([name, range]) => [
      range === 'catalog:' || range.startsWith('workspace:'),
      `${name}: versions stand in the catalog of pnpm-workspace.yaml`,
    ]),
    ...installScripts.map((script) => [!manifest.scripts?.[script], `runs a script at install: ${script}`]),
  ].flatMap(([holds, fault]) => (holds ? [] : [fault]))
}

function publishedManifest({ manifest, folder }) {
  const entry = manifest.exports?.['.']
  return [
    [manifest.engines?.node, 'no engines.node'],
    [manifest.keywords?.length > 0, 'no keywords'],
    [manifest.publishConfig?.access === 'public', 'publishConfig.access is not public'],
    [['dist', 'src'].every((part) => manifest.files?.includes(part)), 'files holds not both dist and src'],
    [existsSync(path.join(folder, 'README.md')), 'no README.md beside it'],
    [
      manifest.scripts?.test && manifest.scripts?.typecheck && manifest.scripts?.build,
      'no test, typecheck or build',
    ],
    [entry || manifest.bin, 'neither an entry nor a bin'],
    ...Object.entries(manifest.dependencies ?? {}).map(([name, range]) => [
      !range.startsWith('workspace:') || range === 'workspace:^',
      `${name}: a dependency of ours is published as a caret range, workspace:^`,
    ]),
    ...(entry
      ? [
          [manifest.sideEffects === false, 'sideEffects is not false'],
          [entry['@logodds/source'] === './src/index.ts', 'no @logodds/source condition'],
          [Object.keys(entry)[0] === '@logodds/source', 'the source condition must come first'],
          [entry.import?.types && entry.require?.types, 'import and require need types of their own'],
          [manifest.exports['./package.json'], 'exports hides package.json'],
        ]
      : []),
  ].flatMap(([holds, fault]) => (holds ? [] : [fault]))
}
