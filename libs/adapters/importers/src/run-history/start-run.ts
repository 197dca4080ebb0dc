import type { FactCatalogue } from '@tributary/contracts';
import type { Origin } from '../facts/imported-event.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { redactSecrets } from '../secret-scan.ts';
import { isTooDeep } from '../files/untyped-values.ts';
import type { AttemptName } from './point.ts';

type Started = FactCatalogue['training.run.started'];

/** What a source says about the start of an attempt; what it does not say stays absent. */
export type AttemptStart = AttemptName &
  Partial<Omit<Started, 'runId' | 'attempt' | 'redacted'>> & {
    readonly time?: string | undefined;
  };

const MAX_CONFIG = 500;

/** Records the start of an attempt. Secrets in the configuration are taken out; keys beyond 500 are told and left out. */
export function startRun(collector: FactCollector, origin: Origin, { time, ...start }: AttemptStart): void {
  const members: [string, unknown][] = Object.entries(start.config ?? {}).filter(([key, value]) => {
    if (!isTooDeep(value)) return true;
    collector.findings.reject(start.runId, `/config/${key}`, 'the value is nested too deep');
    return false;
  });
  if (members.length > MAX_CONFIG) {
    collector.findings.reject(
      start.runId,
      `/config/${members[MAX_CONFIG]?.[0] ?? ''}`,
      `a run keeps ${MAX_CONFIG} parameters, this one has ${members.length}: the rest was left out`,
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

/** Seeds as configurations usually call them. */
export function seedsIn(config: Readonly<Record<string, unknown>>): Started['seeds'] {
  const init = count(config['seed']);
  const dataOrder = count(config['data_seed']) ?? init;
  return { ...(init !== undefined && { init }), ...(dataOrder !== undefined && { dataOrder }) };
}

/** A whole number from 0, also where it is spelled. */
export function count(value: unknown): number | undefined {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
