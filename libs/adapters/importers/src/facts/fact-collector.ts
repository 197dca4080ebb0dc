import type { FactType } from '@tributary/contracts';
import { wellFormed } from '@tributary/json';
import { Findings } from './findings.ts';
import { importedEvent } from './imported-event.ts';
import type { ImportedEvent, ImporterName, NewFact, Origin } from './imported-event.ts';
import type { Imported, PlannedExperiment } from '../importer.ts';

/** Collects the facts of one import together with its findings. */
export class FactCollector {
  readonly findings = new Findings();
  readonly #importer: ImporterName;
  #events: ImportedEvent[] = [];
  #taken = 0;
  readonly #byType = new Map<FactType, number>();

  constructor(importer: ImporterName) {
    this.#importer = importer;
  }

  /** `entity` distinguishes facts of the same type and origin. `time` is RFC 3339 in UTC. */
  add(origin: Origin, entity: string, fact: NewFact & { readonly time?: string }): void {
    this.#events.push(importedEvent(this.#importer, origin, entity.toWellFormed(), wellFormed(fact)));
    this.#byType.set(fact.type, (this.#byType.get(fact.type) ?? 0) + 1);
  }

  /** The facts since the last call. They are no longer held, and `finish` only counts them. */
  take(): ImportedEvent[] {
    const events = this.#events;
    this.#events = [];
    this.#taken += events.length;
    return events;
  }

  finish(experiments: readonly PlannedExperiment[] = []): Imported {
    const { warnings, rejected, unresolved } = this.findings;
    const byType = Object.fromEntries(this.#byType);
    const plan = { events: this.#taken + this.#events.length, byType, experiments };
    return { plan, events: this.#events, warnings, rejected, unresolved };
  }
}
