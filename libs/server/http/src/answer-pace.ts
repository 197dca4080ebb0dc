/** What is sent on a connection at one look: bytes that were taken since it was opened, and bytes that wait. */
export type Transfer = { readonly taken: number; readonly waiting: number };

/**
 * Looks after which too little was taken. Not one: systems take more in steps of a third of their buffer, which is 1.4 MiB on
 * Linux, and so many only when their client has read as much.
 */
export const LOOKS = 4;

/** Bytes that are to be taken in so many looks where as many wait. */
export const LEAST_BYTES = LOOKS * 64 * 1024;

/**
 * Looks at what is sent on one connection, in equal intervals. Says whether its client is late: of what waited at a look, it has
 * taken neither `LEAST_BYTES` nor all within `LOOKS` further ones.
 */
export function answerPace(): (transfer: Transfer) => boolean {
  let goal: number | undefined;
  let looks = 0;
  return ({ taken, waiting }) => {
    looks += 1;
    if (goal !== undefined && taken < goal) return looks >= LOOKS;
    goal = waiting > 0 ? taken + Math.min(waiting, LEAST_BYTES) : undefined;
    looks = 0;
    return false;
  };
}
