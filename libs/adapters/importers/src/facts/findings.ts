/**
 * A part of a source that was not imported. `source` is `file:line`; `pointer` is the column or JSON pointer, empty for
 * the whole row or file.
 */
export type Rejection = { readonly source: string; readonly pointer: string; readonly reason: string };

/** Something unusual that was imported unchanged, or was left out on purpose, counted by code. */
export type CountedWarning = {
  readonly code: string;
  readonly count: number;
  /** The first occurrence. */
  readonly example: string;
  /** The occurrences after the first, in order, as far as they are listed. Absent if there are none. */
  readonly others?: readonly string[];
};

/** More occurrences of one code are only counted. */
const MAX_LISTED = 1000;

/** Two warnings of one code as one. */
export function joinedWarnings(first: CountedWarning, second: CountedWarning): CountedWarning {
  const others = first.others ?? [];
  const room = MAX_LISTED - 1 - others.length;
  const more = room > 0 ? [second.example, ...(second.others ?? [])].slice(0, room) : [];
  const count = first.count + second.count;
  return more.length === 0 ? { ...first, count } : { ...first, count, others: [...others, ...more] };
}

/** Collects the warnings, rejections and unresolved references of an import in the order of their discovery. */
export class Findings {
  readonly rejected: Rejection[] = [];
  /** References whose target is missing. They resolve when the target is imported. */
  readonly unresolved: Rejection[] = [];
  readonly #warnings = new Map<
    string,
    { count: number; readonly example: string; readonly others: string[] }
  >();

  warn(code: string, example: string, count = 1): void {
    const known = this.#warnings.get(code);
    if (!known) {
      this.#warnings.set(code, { count, example, others: [] });
      return;
    }
    known.count += count;
    if (known.others.length < MAX_LISTED - 1) known.others.push(example);
  }

  reject(source: string, pointer: string, reason: string): void {
    this.rejected.push({ source, pointer, reason });
  }

  leaveUnresolved(source: string, pointer: string, reason: string): void {
    this.unresolved.push({ source, pointer, reason });
  }

  get warnings(): CountedWarning[] {
    return [...this.#warnings].map(([code, { count, example, others }]) => ({
      code,
      count,
      example,
      ...(others.length > 0 && { others: [...others] }),
    }));
  }
}
