// Where a crew finds its work: places in memory that all its threads see. The first are 32-bit whole numbers.

/** The number of the question, and in the last 8 bits which of its chunks is next. */
export const TURN = 0
export const LAST_BITS = 255
/** Of the question: how many chunks, numbers for each, and what is to be called in which module on which memory. */
export const COUNT = 1
export const NUMBERS = 2
export const MEMORY = 3
export const MODULE = 4
export const CALL = 5
/** How many chunks workers are done with, and whether the one who asks sleeps until that changes. */
export const DONE = 6
export const ASLEEP = 7
/** Whether a chunk has failed. */
export const FAILED = 8
/** How many workers sleep. */
export const SLEEPERS = 9

/** Behind them, of each worker: how many messages it has been sent, and where it is. */
export const FIRST = 16
export const EACH = 2
export const MAIL = 0
export const STATE = 1
/** Before it has read its first message, it is nowhere. */
export const READY = 1
export const ENDED = 2

/** In bytes: what the chunks gave, what they were given, and what is wrong, its length first, in characters. */
export const RESULTS = 1024
export const MOST_CHUNKS = 64
export const GIVEN = 1536
export const MOST_NUMBERS = 32
export const TROUBLE = 17920
export const MOST_CHARACTERS = 255
export const DESK_BYTES = 18432
