// The script of a process that fits until workers take part, if they can, and then has nothing more to do.
import { engaged } from '../../src/crew.ts'
import { threads } from '../../src/index.ts'
import { together } from './everything.ts'

together(2, engaged).then(({ said }) => {
  const helped = engaged()?.helped() ?? 0
  console.log(JSON.stringify({ threads: threads(), helped, said, at: performance.now() }))
})
