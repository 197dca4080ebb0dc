import type { SourceFile } from '../files/folder.ts';
import { listIn, objectIn } from '../files/untyped-values.ts';
import { truncateName } from '../facts/text.ts';
import { addAttributeValues } from '../facts/attribute-values.ts';
import { contentId, foldersOfDataset } from '../facts/shard-list.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { objectsIn } from './json-lines.ts';

/** The scores of one tagger, summarised over a file. */
type ScoreSummary = { documents: number; values: number; sum: number; minimum: number; maximum: number };

const EMPTY_SUMMARY: ScoreSummary = {
  documents: 0,
  values: 0,
  sum: 0,
  minimum: Infinity,
  maximum: -Infinity,
};

/** Adds attributes summarised by file. Every span of every document would be as large as the corpus. */
export async function readAttributes(file: SourceFile, collector: FactCollector): Promise<void> {
  const summaries = new Map<string, ScoreSummary>();
  for await (const { line, row } of objectsIn(file, collector.findings)) {
    const attributes = objectIn(row['attributes']);
    if (!attributes)
      collector.findings.reject(`${file.path}:${line}`, '/attributes', 'the line has no object "attributes"');
    for (const [name, value] of Object.entries(attributes ?? {})) {
      const scores = scoresIn(value);
      if (scores) summaries.set(name, added(summaries.get(name) ?? EMPTY_SUMMARY, scores));
      else {
        const why = 'the attribute is neither a number nor a list of spans [start, end, score]';
        collector.findings.reject(`${file.path}:${line}`, `/attributes/${truncateName(name, 256)}`, why);
      }
    }
  }
  const sha256 = await file.sha256();
  const ref = contentId([...foldersOfDataset(file, 'attributes'), file.name].join('/'), sha256);
  for (const [name, summary] of summaries) {
    addAttributeValues(collector, { sha256, pointer: '' }, `${ref}|${name.toWellFormed()}`, {
      attribute: truncateName(name, 256) || 'unnamed',
      subjectKind: 'shard',
      instrument: { name: 'dolma' },
      method: 'measured',
      values: bucketsOf(summary).map(([bucket, value]) => ({ ref, bucket, value })),
    });
  }
}

/** The scores of spans, or the score of the whole document; undefined if the value is neither. */
function scoresIn(value: unknown): number[] | undefined {
  const numbers = listIn(value)?.map((span) => (listIn(span) ? listIn(span)?.[2] : span)) ?? [value];
  const finite = numbers.filter((number) => typeof number === 'number' && Number.isFinite(number));
  return finite.length === numbers.length ? finite.map(Number) : undefined;
}

function added(summary: ScoreSummary, scores: readonly number[]): ScoreSummary {
  if (scores.length === 0) return summary;
  return {
    documents: summary.documents + 1,
    values: summary.values + scores.length,
    sum: scores.reduce((sum, score) => sum + score, summary.sum),
    minimum: scores.reduce((least, score) => Math.min(least, score), summary.minimum),
    maximum: scores.reduce((most, score) => Math.max(most, score), summary.maximum),
  };
}

/** The summary as buckets: the numbers of documents and values, and mean, minimum and maximum if there are values. */
function bucketsOf({ documents, values, sum, minimum, maximum }: ScoreSummary): [string, number][] {
  const counts: [string, number][] = [
    ['documents', documents],
    ['values', values],
  ];
  if (values === 0) return counts;
  return [...counts, ['mean', sum / values], ['minimum', minimum], ['maximum', maximum]];
}
