export type TwinFile = { readonly path: string; readonly content: string | Uint8Array };

/** A file of a kind that depends on a number, and what differs from it. */
export type NearTwins = {
  readonly kind: string;
  readonly file: (n: number) => TwinFile;
  /** Files that differ from it in one thing that makes them something else. */
  readonly others: Readonly<Record<string, (n: number) => TwinFile>>;
  /** Files that differ from it in something that does not. */
  readonly same?: Readonly<Record<string, (n: number) => TwinFile>>;
};

export const json = (path: string, value: unknown): TwinFile => ({ path, content: JSON.stringify(value) });
export const text = (path: string, ...lines: string[]): TwinFile => ({
  path,
  content: `${lines.join('\n')}\n`,
});
