export type Measured = { readonly url: string };

/** A metric as processes tell it, added up over all of them and all its labels; NaN where none tells it. */
export async function counted(processes: readonly Measured[], name: string): Promise<number> {
  const texts = await Promise.all(processes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  const lines = texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), lines.length === 0 ? NaN : 0);
}
