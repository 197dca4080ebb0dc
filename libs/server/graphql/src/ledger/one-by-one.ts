const nothing = (): void => undefined;

/** Runs the work of each name one after the other, and of different names at once. */
export function oneByOne(): <Result>(name: string, work: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<void>>();
  return async (name, work) => {
    const next = (last.get(name) ?? Promise.resolve()).then(work);
    const ended = next.then(nothing, nothing);
    last.set(name, ended);
    await ended;
    if (last.get(name) === ended) last.delete(name);
    return next;
  };
}
