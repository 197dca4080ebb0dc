/** `dead`: a part of the server has died and only a restart brings it back (sysexits' EX_SOFTWARE). */
export const EXIT = { ok: 0, failed: 1, usage: 2, rejects: 3, dead: 70 } as const;

/** Ends a command with an exit code and a message. With a refusal code, --json prints the refusal as JSON. */
export class Exit extends Error {
  readonly code: number;
  readonly refusal: string | undefined;

  constructor(code: number, message: string, refusal?: string) {
    super(message);
    this.code = code;
    this.refusal = refusal;
  }
}
