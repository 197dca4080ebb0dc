import type { FactCatalogue } from '@tributary/contracts';
import { canonicalJson } from '@tributary/json';
import { largest, smallest, valueIn } from '@tributary/kernel';
import type { SourceFile } from '../files/folder.ts';
import { objectIn, textIn, parsedJson } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { elsewhereOf, harnessOf, scoreKeyOf } from './results-file.ts';
import type { ResultsFile } from './results-file.ts';

const ITEMS_PER_FACT = 10_000;

type LoggedSample = { readonly row: JsonObject; readonly line: number };

/** The samples of one metric. `overwritten` holds samples that later rows of the same file replace. */
type SampleSeries = {
  readonly metric: string;
  readonly filter: string;
  readonly latest: Map<string, LoggedSample>;
  readonly overwritten: LoggedSample[];
};

/** Adds the items of a task with their outcomes and hashes. The text of the samples is not imported. */
export async function addItems(
  file: SourceFile,
  task: string,
  results: ResultsFile,
  collector: FactCollector,
): Promise<void> {
  const sha256 = await file.sha256();
  for (const { metric, filter, latest, overwritten } of seriesIn(
    await samplesIn(file, collector),
    file.path,
    collector,
  )) {
    const both = [
      ['overwritten', overwritten],
      ['latest', [...latest.values()]],
    ] as const;
    for (const [part, samples] of both) {
      for (let start = 0; start < samples.length; start += ITEMS_PER_FACT) {
        const chunk = samples.slice(start, start + ITEMS_PER_FACT);
        const lines = chunk.map(({ line }) => line);
        const pointer = `lines:${smallest(lines)}-${largest(lines)}`;
        collector.add(
          { sha256, pointer },
          canonicalJson([task, metric, filter, part, start, ...elsewhereOf(results)]),
          {
            type: 'evaluation.items.recorded',
            ...(results.time !== undefined && { time: results.time }),
            data: itemsOf({ task, metric, filter }, chunk, results),
          },
        );
      }
    }
  }
}

function itemsOf(
  scored: { readonly task: string; readonly metric: string; readonly filter: string },
  samples: readonly LoggedSample[],
  { root, model }: ResultsFile,
): FactCatalogue['evaluation.items.recorded'] {
  const [first, ...rest] = samples.map(({ row }) => row);
  const rows: [JsonObject, ...JsonObject[]] = [first ?? {}, ...rest];
  const [id, ...ids] = rows.map(idOf);
  const [value, ...values] = rows.map((row) => numberOf(valueIn(row, scored.metric)) ?? 0);
  const hashes = (key: string) => rows.map((row) => textIn(valueIn(row, key))?.slice(0, 128));
  const complete = (key: string, name: string) => {
    const found = hashes(key).filter((hash) => hash !== undefined);
    return found.length === rows.length ? { [name]: found } : {};
  };
  return {
    ...scoreKeyOf({ root, model }, scored),
    harness: harnessOf(root),
    itemIds: [id ?? '', ...ids],
    values: [value ?? 0, ...values],
    ...complete('doc_hash', 'documentHashes'),
    ...complete('prompt_hash', 'promptHashes'),
    ...complete('target_hash', 'targetHashes'),
  };
}

const idOf = (row: JsonObject): string => String(row['doc_id']).slice(0, 256) || '?';

const numberOf = (value: unknown): number | undefined => {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

/**
 * Groups samples by metric and filter. An outcome that is not a number, such as a pair to be aggregated, is left out
 * with a warning.
 */
function seriesIn(
  samples: readonly LoggedSample[],
  path: string,
  { findings }: FactCollector,
): SampleSeries[] {
  const series = new Map<string, SampleSeries>();
  for (const sample of samples) {
    const filter = textIn(sample.row['filter']) ?? '';
    for (const metric of metricsOf(sample.row)) {
      if (numberOf(valueIn(sample.row, metric)) === undefined) {
        findings.warn('sample_outcome_no_number', `${path}:${sample.line} ${metric}`);
        continue;
      }
      const key = canonicalJson([metric, filter]);
      const known = series.get(key) ?? {
        metric,
        filter,
        latest: new Map<string, LoggedSample>(),
        overwritten: [],
      };
      series.set(key, known);
      take(known, sample, (before) => {
        const example = `${path}:${sample.line}: item ${idOf(sample.row)} repeats line ${before.line}`;
        findings.warn('sample_repeated', example);
      });
    }
  }
  return [...series.values()];
}

function take(
  { latest, overwritten }: SampleSeries,
  sample: LoggedSample,
  onRepeat: (before: LoggedSample) => void,
): void {
  const id = idOf(sample.row);
  const before = latest.get(id);
  if (before) {
    onRepeat(before);
    overwritten.push(before);
    latest.delete(id);
  }
  latest.set(id, sample);
}

const NO_METRIC = new Set(
  'doc_id doc target arguments resps filtered_resps filter metrics doc_hash prompt_hash target_hash'.split(
    ' ',
  ),
);

/** The metrics of a row. Older versions do not list them. */
function metricsOf(row: JsonObject): string[] {
  const listed: unknown[] = Array.isArray(row['metrics']) ? row['metrics'] : [];
  if (listed.length > 0) return listed.filter((metric) => typeof metric === 'string');
  return Object.keys(row).filter((key) => !NO_METRIC.has(key) && numberOf(valueIn(row, key)) !== undefined);
}

/** The rows of a samples file: JSONL, or one array in older versions. */
async function samplesIn(file: SourceFile, { findings }: FactCollector): Promise<LoggedSample[]> {
  const text = (await file.text()).replace(/^\uFEFF/, '');
  const whole = text.trimStart().startsWith('[') ? await file.json() : undefined;
  const parsed = Array.isArray(whole)
    ? whole.map((value: unknown, index) => ({ value, line: index + 1 }))
    : linesOf(text);
  return parsed.flatMap(({ value, line }) => {
    const row = objectIn(value);
    if (row && row['doc_id'] !== undefined) return [{ row, line }];
    findings.reject(
      `${file.path}:${line}`,
      '',
      'the line is not a JSON object with a doc_id; it may be truncated',
    );
    return [];
  });
}

function linesOf(text: string): { value: unknown; line: number }[] {
  return text
    .split(/\r?\n/)
    .map((source, index) => ({ source, line: index + 1 }))
    .filter(({ source }) => source.trim() !== '')
    .map(({ source, line }) => ({ value: parsedJson(source), line }));
}
