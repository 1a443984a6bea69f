// Room in linear memory for questions whose size is known only when they are asked: about K columns of η at once.

// 512 KiB and 8 MiB.
const LEAST = 65536
const MOST = 1048576

/** How many numbers of room a matrix of so many numbers gets: half as many, within limits. What does not fit goes in pieces. */
export const roomFor = (numbers: number): number => Math.min(MOST, Math.max(LEAST, Math.ceil(numbers / 2)))
