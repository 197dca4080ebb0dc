import type { Fact, Stamp } from '@tributary/contracts';
import type { ColumnarRows, Row } from '@tributary/kernel';

export const attributeRows = (
  data: Fact<'corpus.attribute.measured'>['data'],
  stamp: Stamp,
): ColumnarRows => ({
  count: data.values.length,
  columns: {
    ...stamp,
    attribute: data.attribute,
    subject_kind: data.subjectKind,
    ref: data.values.map(({ ref }) => ref),
    bucket: data.values.map(({ bucket }) => bucket ?? ''),
    value: data.values.map(({ value }) => value),
    unit: data.unit ?? '',
    method: data.method,
    instrument: data.instrument.name,
    instrument_version: data.instrument.version ?? '',
    normaliser_id: data.instrument.normaliserId ?? '',
  },
});

/** One row for each statistic of each feature. */
export const normaliserRows = (data: Fact<'corpus.normaliser.frozen'>['data'], stamp: Stamp): Row[] =>
  Object.entries(data.statistics).flatMap(([feature, statistics]) =>
    Object.entries(statistics).map(([statistic, value]) => ({
      ...stamp,
      normaliser_id: data.normaliserId,
      attribute: data.attribute,
      corpus: data.corpus,
      items: data.items ?? null,
      feature,
      statistic,
      value,
    })),
  );
