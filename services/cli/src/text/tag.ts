import type { TagAnswer } from '../tag/tag-answer.ts';
import { aligned, brief, count, counted, printable } from './format.ts';

const right = { align: 'right' as const };

export function tagText({
  files,
  counts,
  skippedByCode,
  summary,
  normaliser,
  sample,
  complete,
}: TagAnswer): string {
  const columns = [
    { title: 'value' },
    ...['documents', 'mean', 'sd', 'min', 'max'].map((title) => ({ title, ...right })),
  ];
  const rows = Object.entries(summary).map(([name, { n, mean, sd, min, max }]) => [
    name,
    count(n),
    ...[mean, sd, min, max].map(brief),
  ]);
  const [first] = files;
  const read = files.length === 1 && first ? printable(first.path) : counted(files.length, 'file');
  const field = files.length === 1 && first?.field ? `, field ${printable(first.field)}` : '';
  return [
    `${read}${field}: ${counted(counts.measured, 'document')} measured, ${counted(counts.skipped, 'row')} skipped`,
    ...(sample
      ? [`a sample of ${counted(sample.rows, 'row')} a file, drawn by seed ${printable(sample.seed)}`]
      : []),
    ...Object.entries(skippedByCode).map(([code, skipped]) => `  ${code}: ${count(skipped)}`),
    ...(rows.length > 0 ? ['', aligned(columns, rows), ''] : []),
    ...(normaliser
      ? [
          `scores relative to ${normaliser.from === 'file' ? 'the normaliser' : 'these documents'} (${normaliser.id})`,
        ]
      : []),
    ...(complete ? [] : ['NOT complete: a file could not be read to its end']),
    'nothing was recorded; --documents shows each document',
  ].join('\n');
}
