import type { SourceFile } from '../files/folder.ts';
import { stemOf } from '../facts/shard-list.ts';
import { addPlan } from '../facts/mixture-plan.ts';
import { numbered, sliceName } from '../facts/slice-names.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { truncate } from '../facts/text.ts';

/** The sampling rate of a part as the log prints it, with two decimals. */
type LoggedRate = { readonly label: string; readonly rate: number; readonly line: number };

export const isSamplingLog = (head: string): boolean =>
  /^Natural tokens\s*:/m.test(head) && /^Sampling rate\s*:/m.test(head);

/** The sampling rates in blocks of `Topic`, `Vigintile`, `Language` or `Subset`. A vigintile is a part of its topic. */
function ratesIn(text: string): LoggedRate[] {
  const rates: LoggedRate[] = [];
  let topic = '';
  let label = '';
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [, key = '', value = ''] = /^([A-Z][\w ]*?)\s*:\s*(\S.*?)\s*$/.exec(line) ?? [];
    if (key === 'Topic') topic = value;
    if (key === 'Vigintile') label = `${topic}/${value}`;
    else if (/^(Topic|Language|Subset|Domain|Field)$/.test(key)) label = value;
    const rate = key === 'Sampling rate' ? Number(value.replace(/x$/, '')) : NaN;
    if (label !== '' && Number.isFinite(rate) && rate >= 0) rates.push({ label, rate, line: index + 1 });
  }
  return rates;
}

export async function readSamplingLog(file: SourceFile, collector: FactCollector): Promise<void> {
  const rates = ratesIn(await file.text());
  if (rates.length === 0)
    return collector.findings.reject(file.path, '', 'the log has no line "Sampling rate: …" after a label');
  const slices = numbered(rates.map(({ label }) => sliceName(label)));
  const weights = rates.map(({ label, rate }, at) => ({
    slice: slices[at] ?? 'unnamed',
    weight: rate,
    label: truncate(label, 512),
  }));
  collector.findings.warn(
    'rates_rounded',
    `${file.path}: the log prints rates with two decimals`,
    rates.length,
  );
  addPlan(
    collector,
    { sha256: await file.sha256(), pointer: `lines:1-${rates.at(-1)?.line ?? 1}` },
    {
      name: `${stemOf(file.path)}-log`,
      unit: 'epochs',
      phases: [{ name: 'all', fromStep: 0, weights }],
    },
  );
}
