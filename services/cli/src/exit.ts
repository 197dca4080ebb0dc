export const EXIT = { ok: 0, failed: 1, usage: 2, rejects: 3 } as const;

/** Ends a command with a code and a text for people. With a refusal code, --json prints that instead of an answer. */
export class Exit extends Error {
  readonly code: number;
  readonly refusal: string | undefined;

  constructor(code: number, message: string, refusal?: string) {
    super(message);
    this.code = code;
    this.refusal = refusal;
  }
}
