// Several files are written together or not at all.
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkOutput, outputFile, writeTogether } from '../src/output-files.ts'
import { folderWith } from './in-process.ts'

test('makes folders, replaces files, leaves nothing else behind', async () => {
  const { path, files, read, write } = folderWith()
  write('a.txt', 'old')
  await writeTogether([outputFile(path, 'a.txt', 'new'), outputFile(path, 'deep/er/b.txt', 'b')])
  expect(files()).toEqual(['a.txt', 'deep', 'deep/er', 'deep/er/b.txt'])
  expect([read('a.txt'), read('deep/er/b.txt')]).toEqual(['new', 'b'])
})

test('if one cannot be written, none is, and folders that were made for them go again', async () => {
  const { path, files, read, write } = folderWith()
  write('a.txt', 'old')
  write('blocked', 'a file where a folder should be')
  const wanted = [
    outputFile(path, 'a.txt', 'new'),
    outputFile(path, 'deep/er/b.txt', 'b'),
    outputFile(path, 'blocked/c.txt', 'c'),
  ]
  await expect(writeTogether(wanted)).rejects.toMatchObject({
    name: 'UserError',
    message: 'blocked/c.txt: cannot write it: a part of its path is a file, not a folder',
  })
  expect(files()).toEqual(['a.txt', 'blocked'])
  expect(read('a.txt')).toBe('old')
})

test('a link stays a link, and its target is replaced', async () => {
  const { path, read } = folderWith()
  writeFileSync(join(path, 'target.txt'), 'old')
  symlinkSync('target.txt', join(path, 'link.txt'))
  await writeTogether([outputFile(path, 'link.txt', 'new')])
  expect(lstatSync(join(path, 'link.txt')).isSymbolicLink()).toBe(true)
  expect(read('target.txt')).toBe('new')
})

test('no output over an input, by whatever name', async () => {
  const { path } = folderWith()
  mkdirSync(join(path, 'sub'))
  writeFileSync(join(path, 'data.csv'), 'a')
  symlinkSync('../data.csv', join(path, 'sub/link.csv'))
  for (const name of ['data.csv', './sub/../data.csv', join(path, 'data.csv'), 'sub/link.csv'])
    await expect(checkOutput('--out', path, name, ['data.csv'])).rejects.toThrow(/would overwrite data.csv/)
  await checkOutput('--out', path, 'sub/other.csv', ['data.csv'])
  await expect(checkOutput('--out', path, '/dev/null', ['data.csv'])).rejects.toThrow(/a device or a pipe/)
  expect(readdirSync(path)).toEqual(['data.csv', 'sub'])
  expect(readFileSync(join(path, 'data.csv'), 'utf8')).toBe('a')
})
