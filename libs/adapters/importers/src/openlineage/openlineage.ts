import { validateOpenLineage } from '@tributary/contracts';
import { fileImporter } from '../file-importer.ts';
import type { Recognition } from '../file-importer.ts';
import type { SourceFile } from '../files/folder.ts';
import type { Importer } from '../importer.ts';
import type { FactCollector } from '../facts/fact-collector.ts';

/** OpenLineage events in files: one event, an array of events, or one event a line. */
export const openlineage: Importer = fileImporter({
  kind: 'openlineage',
  version: '1.0',
  looksFor: 'OpenLineage events: eventTime and producer with a run and job, a job, or a dataset',
  recognise,
  readFile,
});

/** An event with its location in the file, or the reason why the JSON is invalid. */
type ParsedEvent = { readonly pointer: string; readonly value?: unknown; readonly problem?: string };

async function recognise(file: SourceFile): Promise<Recognition | undefined> {
  const head = await file.headText();
  if (!/^\s*[[{]/.test(head)) return undefined;
  const keys = [
    'eventTime',
    'eventType',
    'producer',
    'schemaURL',
    'job',
    'run',
    'inputs',
    'outputs',
    'dataset',
  ];
  const present = keys.filter((key) => new RegExp(`"${key}"\\s*:`).test(head));
  const isAnyOf = (...wanted: readonly string[]) => wanted.some((key) => present.includes(key));
  if (!isAnyOf('run', 'job', 'dataset')) return undefined;
  const isCertain = isAnyOf('eventTime') && isAnyOf('producer', 'schemaURL');
  const isLikely = isAnyOf('eventType') && isAnyOf('job') && isAnyOf('inputs', 'outputs');
  if (!isCertain && !isLikely) return undefined;
  return { confidence: isCertain ? 0.96 : 0.75, evidence: `has ${present.join(', ')} of OpenLineage` };
}

async function readFile(file: SourceFile, collector: FactCollector): Promise<void> {
  const sha256 = await file.sha256();
  const text = await file.text();
  let events = 0;
  for (const { pointer, value, problem } of eventsIn(text)) {
    events += 1;
    const source = pointer === '' ? file.path : `${file.path}:${pointer}`;
    if (problem !== undefined) collector.findings.reject(source, '', problem);
    else addEvent({ sha256, pointer, source }, value, collector);
  }
  if (events === 0) collector.findings.warn('no_events', file.path);
}

function addEvent(
  at: { sha256: string; pointer: string; source: string },
  event: unknown,
  collector: FactCollector,
): void {
  const judgement = validateOpenLineage(event);
  if (!judgement.ok) {
    const { pointer, message } = judgement.refusal;
    return collector.findings.reject(at.source, pointer, message);
  }
  const { time, ...head } = judgement.head;
  const zoned = ZONED.test(head.eventTime) ? { time } : {};
  if (!('time' in zoned)) collector.findings.warn('time_zone_unknown', at.source);
  const data = { ...head, event: Object(event) };
  collector.add(at, head.subject, { type: 'lineage.run.observed', data, ...zoned });
}

/** A time with a time zone. Other times are ambiguous. */
const ZONED = /(?:[Zz]|[+-]\d\d:?\d\d)$/;

/** The events of a text: the whole text as one JSON value, otherwise line by line. */
function* eventsIn(text: string): Generator<ParsedEvent> {
  const whole = parsed(text);
  if (whole.problem === undefined) {
    if (!Array.isArray(whole.value)) return yield { pointer: '', ...whole };
    for (const [index, value] of whole.value.entries()) yield { pointer: `/${index}`, value };
    return;
  }
  const lines = text.split(/\r?\n/);
  if (lines.filter((line) => line.trim() !== '').length < 2) return yield { pointer: '', ...whole };
  for (const [index, line] of lines.entries())
    if (line.trim() !== '') yield { pointer: `line:${index + 1}`, ...parsed(line) };
}

function parsed(text: string): { value?: unknown; problem?: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return {
      problem: `the text is not valid JSON: ${error instanceof Error ? error.message.slice(0, 120) : 'unknown error'}`,
    };
  }
}
