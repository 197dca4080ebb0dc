/**
 * A part of a source that was not imported. `source` is `file:line`; `pointer` is the column or JSON pointer, empty for
 * the whole row or file.
 */
export type Rejection = { readonly source: string; readonly pointer: string; readonly reason: string };

/** Something unusual that was imported unchanged, counted by code, with its first occurrence as example. */
export type CountedWarning = { readonly code: string; readonly count: number; readonly example: string };

/** Collects the warnings, rejections and unresolved references of an import in the order of their discovery. */
export class Findings {
  readonly rejected: Rejection[] = [];
  /** References whose target is missing. They resolve when the target is imported. */
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
