/** A part of a source that was left out; `source` is `file:line`, `pointer` the column, empty for the whole row. */
export type Rejection = { readonly source: string; readonly pointer: string; readonly reason: string };

/** Something odd that was imported as it is. */
export type CountedWarning = { readonly code: string; readonly count: number; readonly example: string };

/** Collects what an import should tell, in the order in which it was found. */
export class Findings {
  readonly rejected: Rejection[] = [];
  /** References whose target is not there; they resolve when it arrives. */
  readonly unresolved: Rejection[] = [];
  readonly #warnings = new Map<string, { count: number; example: string }>();

  warn(code: string, example: string, count = 1): void {
    const warning = this.#warnings.get(code) ?? { count: 0, example };
    this.#warnings.set(code, { ...warning, count: warning.count + count });
  }

  reject(source: string, pointer: string, reason: string): void {
    this.rejected.push({ source, pointer, reason });
  }

  leaveUnresolved(source: string, pointer: string, reason: string): void {
    this.unresolved.push({ source, pointer, reason });
  }

  get warnings(): CountedWarning[] {
    return [...this.#warnings].map(([code, { count, example }]) => ({ code, count, example }));
  }
}
