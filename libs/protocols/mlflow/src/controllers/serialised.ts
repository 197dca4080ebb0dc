/** Runs work one after the other, in the order in which it comes: what is known to the tables alone cannot conflict in the log. */
export function serialised(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
