import { expect, test } from 'vitest'
import { hostsIn, namedHosts } from '../hosts.mjs'
import { plant } from './planted.mjs'

test.skipIf(namedHosts() === null)('no file names a package registry', () => expect(namedHosts()).toEqual([]))

const host = ['registry', 'npmjs', 'org'].join('.')

test('an address in the lockfile and a host anywhere are found', () => {
  expect(hostsIn('pnpm-lock.yaml', 'tarball: https://example.test/a.tgz')).toEqual([
    'pnpm-lock.yaml: holds an address',
  ])
  expect(hostsIn('.npmrc', `registry=https://${host}/`)).toEqual([
    `.npmrc: names the package registry ${host}`,
  ])
  expect(hostsIn('README.md', 'a link to https://example.test')).toEqual([])
})

test('a folder without git says so', () => expect(namedHosts(plant({ a: '' }))).toBeNull())
