import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

export type Sample = { readonly labels?: Readonly<Record<string, string>>; readonly value: number };

export type GaugeOptions = {
  readonly registry: Registry;
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly string[];
  /** Called at each scrape. If it throws, the scrape omits the gauge. */
  readonly read: () => Iterable<Sample> | Promise<Iterable<Sample>>;
};

/** Registers a gauge whose values are read at each scrape. */
export function readGauge({ registry, name, help, labelNames = [], read }: GaugeOptions): void {
  const gauge: Gauge = new Gauge({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    collect: async () => {
      const found = await samples(read);
      gauge.reset();
      // Without labels, `reset` sets the value to zero, so the sample is removed.
      if (labelNames.length === 0) gauge.remove();
      for (const { labels, value } of found) gauge.set(labels ?? {}, value);
    },
  });
}

async function samples(read: GaugeOptions['read']): Promise<readonly Sample[]> {
  try {
    return [...(await read())];
  } catch {
    return [];
  }
}

/** One sample per label; values with the same label are added. */
export function samplesBy<Key>(
  label: string,
  values: Iterable<readonly [Key, number]>,
  labelOf: (key: Key) => string,
): readonly Sample[] {
  const sums = new Map<string, number>();
  for (const [key, value] of values) sums.set(labelOf(key), (sums.get(labelOf(key)) ?? 0) + value);
  return [...sums].map(([text, value]) => ({ labels: { [label]: text }, value }));
}
