import { joinedWarnings } from '@tributary/importers';
import type { CountedWarning, Imported, ImportPlan, Rejection } from '@tributary/importers';
import type { Appended } from './append.ts';

/** Adds up the results of the sources of an import, so that no source has to stay in memory. */
export class ImportTally {
  readonly rejected: Rejection[] = [];
  readonly unresolved: Rejection[] = [];
  readonly #warnings = new Map<string, CountedWarning>();
  readonly #experiments: ImportPlan['experiments'][number][] = [];
  readonly #planned = new Map<string, number>();
  readonly #byType = new Map<string, number>();
  readonly #appended = { appended: 0, duplicates: 0 };

  read({ plan, warnings, rejected, unresolved }: Omit<Imported, 'events'>): void {
    for (const warning of warnings) this.warn(warning);
    for (const rejection of rejected) this.rejected.push(rejection);
    for (const reference of unresolved) this.unresolved.push(reference);
    for (const experiment of plan.experiments) this.#experiments.push(experiment);
    addAll(this.#planned, plan.byType);
  }

  warn(warning: CountedWarning): void {
    const known = this.#warnings.get(warning.code);
    this.#warnings.set(warning.code, known ? joinedWarnings(known, warning) : warning);
  }

  append({ appended, duplicates, byType, rejected }: Appended): void {
    this.#appended.appended += appended;
    this.#appended.duplicates += duplicates;
    for (const rejection of rejected) this.rejected.push(rejection);
    addAll(this.#byType, byType);
  }

  get warnings(): CountedWarning[] {
    return [...this.#warnings.values()];
  }

  get plan(): ImportPlan {
    const events = [...this.#planned.values()].reduce((total, count) => total + count, 0);
    return { events, byType: Object.fromEntries(this.#planned), experiments: this.#experiments };
  }

  get appended(): Omit<Appended, 'rejected'> {
    return { ...this.#appended, byType: Object.fromEntries(this.#byType) };
  }
}

function addAll(totals: Map<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [type, count] of Object.entries(counts)) totals.set(type, (totals.get(type) ?? 0) + count);
}
