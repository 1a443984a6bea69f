// How a command reports its exit code: 0 done, 1 a fit that is not converged. What is wrong with the command line or the data is thrown.

export type Finish = (exitCode: number) => void
