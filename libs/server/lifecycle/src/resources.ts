type Resource = { close(): Promise<unknown> };

/** What a process has opened. */
export type Resources = {
  /** Keeps a resource until the process closes, and returns it. */
  add<Kept extends Resource>(resource: Kept): Kept;
};

/**
 * Opens resources one after the other. The outcome has a `close` that closes them in reverse order. Where opening fails,
 * those that are open are closed before the fault is thrown.
 */
export async function openResources<Outcome extends object>(
  open: (resources: Resources) => Promise<Outcome>,
): Promise<Outcome & { close(): Promise<void> }> {
  const opened: Resource[] = [];
  const close = async (): Promise<void> => {
    for (let last = opened.pop(); last !== undefined; last = opened.pop()) await last.close();
  };
  const add = <Kept extends Resource>(resource: Kept): Kept => {
    opened.push(resource);
    return resource;
  };
  try {
    return { ...(await open({ add })), close };
  } catch (error) {
    await close();
    throw error;
  }
}
