import type { FactCatalogue } from '@tributary/contracts';
import type { Origin } from '../facts/imported-event.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { redactSecrets } from '@tributary/kernel';
import { isTooDeep } from '../files/untyped-values.ts';
import type { AttemptName } from './point.ts';

type Started = FactCatalogue['training.run.started'];

/** The start of an attempt as far as the source states it. */
export type AttemptStart = AttemptName &
  Partial<Omit<Started, 'runId' | 'attempt' | 'redacted'>> & {
    readonly time?: string | undefined;
  };

const MAX_CONFIG = 500;

/** Records the start of an attempt. Secrets in the configuration are redacted, and keys beyond 500 are rejected. */
export function startRun(collector: FactCollector, origin: Origin, { time, ...start }: AttemptStart): void {
  const members: [string, unknown][] = Object.entries(start.config ?? {}).filter(([key, value]) => {
    if (!isTooDeep(value)) return true;
    collector.findings.reject(start.runId, `/config/${key}`, 'the value is nested deeper than 64 levels');
    return false;
  });
  if (members.length > MAX_CONFIG) {
    collector.findings.reject(
      start.runId,
      `/config/${members[MAX_CONFIG]?.[0] ?? ''}`,
      `the run has ${members.length} parameters; those after the first ${MAX_CONFIG} were left out`,
    );
  }
  const { value: config, found } = redactSecrets(Object.fromEntries(members.slice(0, MAX_CONFIG)));
  if (found.length > 0) collector.findings.warn('secret_redacted', found[0]?.pointer ?? '', found.length);
  collector.add(origin, `${start.runId}#${start.attempt}`, {
    type: 'training.run.started',
    data: {
      ...start,
      model: start.model ?? { name: 'unknown' },
      config,
      seeds: start.seeds ?? {},
      ...(found.length > 0 && { redacted: true }),
    },
    ...(time === undefined ? {} : { time }),
  });
}

/** The seeds in a configuration by their usual names. */
export function seedsIn(config: Readonly<Record<string, unknown>>): Started['seeds'] {
  const init = count(config['seed']);
  const dataOrder = count(config['data_seed']) ?? init;
  return { ...(init !== undefined && { init }), ...(dataOrder !== undefined && { dataOrder }) };
}

/** A non-negative safe integer, also if it is written as a string. */
export function count(value: unknown): number | undefined {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
