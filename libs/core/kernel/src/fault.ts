/** A limit that was met: its name, its value, and the variable that changes it. */
export type MetLimit = { readonly limit: string; readonly value: number; readonly key: string };

/** An error with a code. `retryable` says whether the same call may succeed later; loops read nothing else of it. */
export class Fault<Code extends string = string> extends Error {
  override readonly name = 'Fault';
  readonly code: Code;
  readonly retryable: boolean;
  /** Why it was refused, where that was a limit of this process. */
  readonly met: MetLimit | undefined;

  constructor(
    code: Code,
    message: string,
    options: { retryable?: boolean; cause?: unknown; met?: MetLimit } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.met = options.met;
  }
}
