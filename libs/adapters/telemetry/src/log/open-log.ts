import { printableJson, rfc3339 } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import { maskConfig } from '../secrets/mask-config.ts';
import { faultFields } from './fault-fields.ts';
import { shownField } from './fields.ts';
import type { Scalar } from './fields.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogField = Scalar | readonly Scalar[];
export type LogFields = Readonly<Record<string, LogField>>;

export type LogOptions = {
  readonly service: string;
  readonly clock: Clock;
  /** Writes a line, which includes its line feed, for example to stdout. */
  readonly write: (line: string) => void;
  /** The lowest level that is written. */
  readonly level?: LogLevel;
  /** The traceparent of the current span; its trace id is part of the record. */
  readonly traceparent?: () => string | undefined;
};

/**
 * Writes one JSON object per line. `event` names what happened, such as `projector.assigned`. Do not log payloads, ids of
 * people or secrets.
 */
export type Log = {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  /** `fault` is a thrown value; what may be logged of it becomes the field `fault`. */
  warn(event: string, fields?: LogFields, fault?: unknown): void;
  error(event: string, fields?: LogFields, fault?: unknown): void;
  /** Logs the configuration of a starting process, with masked secrets. */
  config(config: unknown): void;
};

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
const EVENT = /^[a-z0-9_.]{1,64}$/;
/** Names that fields must not have. */
const RESERVED = new Set(['time', 'level', 'service', 'event', 'trace', 'fault', 'config']);

export function openLog(options: LogOptions): Log {
  const lowest = LEVELS.indexOf(options.level ?? 'info');
  const at =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}, fault?: unknown) => {
      if (LEVELS.indexOf(level) < lowest) return;
      const faultField = fault === undefined ? {} : { fault: faultFields(fault) };
      write(options, level, event, { ...shown(fields), ...faultField });
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    config: (config) => write(options, 'info', 'configured', { config: maskConfig(config) }),
  };
}

function write(options: LogOptions, level: LogLevel, event: string, content: object): void {
  const { service, clock, traceparent } = options;
  const trace = traceparent?.()?.split('-')[1];
  const head = { time: rfc3339(clock()), level, service, event: EVENT.test(event) ? event : 'other', trace };
  options.write(`${printableJson(JSON.stringify({ ...head, ...content }))}\n`);
}

function shown(fields: LogFields): object {
  const allowed = Object.entries(fields).filter(
    ([name, value]) => value !== undefined && !RESERVED.has(name),
  );
  return Object.fromEntries(allowed.map(([name, value]) => [name, shownField(name, value)]));
}
