export type Family = {
  readonly type: string;
  readonly help: string;
  /** Values by name and labels as printed: `name{a="b"}`. */
  readonly samples: ReadonlyMap<string, number>;
};

const SAMPLE = /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (\S+)$/;

/** The samples of one family of metrics; empty if the process has no such family. */
export async function samplesOf(
  metrics: { text(): Promise<string> },
  family: string,
): Promise<Record<string, number>> {
  return Object.fromEntries(parsePrometheusText(await metrics.text()).get(family)?.samples ?? []);
}

type Parsed = Map<string, { type: string; help: string; samples: Map<string, number> }>;

/** Parses Prometheus' text format 0.0.4. Throws an Error at the first invalid line or sample outside its family. */
export function parsePrometheusText(text: string): ReadonlyMap<string, Family> {
  const families: Parsed = new Map();
  let open = '';
  if (!text.endsWith('\n')) throw new Error('the last line has no line feed');
  for (const line of text.split('\n').filter((other) => other !== '')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === 'HELP') families.set((open = name), { type: '', help: rest, samples: new Map() });
    const family = families.get(open);
    if (kind === 'TYPE' && family && name === open) family.type = rest;
    if (kind === undefined) takeSample(line, open, families);
  }
  return families;
}

function takeSample(line: string, open: string, families: Parsed): void {
  const family = families.get(open);
  const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
  if (!family || !belongs(name, open, family.type)) throw new Error(`a sample outside its family: ${line}`);
  if (family.samples.has(name + labels)) throw new Error(`a repeated sample: ${line}`);
  family.samples.set(name + labels, numberFrom(value));
}

function belongs(name: string, family: string, type: string): boolean {
  const suffixes = type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
  return suffixes.some((suffix) => name === family + suffix);
}

function numberFrom(text: string): number {
  const special: Readonly<Record<string, number>> = { '+Inf': Infinity, '-Inf': -Infinity, Nan: NaN, NaN };
  const value = special[text] ?? Number(text);
  if (Number.isNaN(value) && !(text in special)) throw new Error(`not a number: ${text}`);
  return value;
}
