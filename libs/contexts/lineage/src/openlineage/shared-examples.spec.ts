import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateOpenLineage } from '@tributary/contracts';
import { describe, expect, it } from 'vitest';
import { arrows, dataset, observed, RUN, runEvent } from './events.fixture.ts';
import { foldEdges, foldEvents } from './fold-events.ts';
import type { FoldedEvents } from './fold-events.ts';

// oxlint-disable-next-line node/no-process-env -- the shared folder may lie elsewhere
const data = process.env['TRIBUTARY_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../../shared/data');
const folder = join(data, 'openlineage-events');
const isHere = existsSync(folder);
const note = isHere ? '' : ' (needs shared data openlineage-events)';

const filesIn = (path: string): string[] =>
  isHere
    ? readdirSync(join(folder, path), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.json'))
        .map((name) => join(path, name))
        .toSorted()
    : [];

const textOf = (path: string): string => readFileSync(join(folder, path), 'utf8');
const jsonOf = (path: string): Record<string, object> => JSON.parse(textOf(path));

const examples = filesIn('spec/tests').filter((path) => path.includes('Facet/'));

/** The entity of a facet by the name of its schema: a subset may be of an input or an output. */
function holderOf(path: string, facet: object): keyof typeof HOLDERS {
  const schema = /tests\/(\w+)\//.exec(path)?.[1] ?? '';
  if (schema.endsWith('RunFacet')) return 'run';
  if (schema.endsWith('JobFacet')) return 'job';
  if (schema === 'LineageFacet') return 'entries' in facet ? 'job' : 'dataset';
  if (schema === 'BaseSubsetDatasetFacet') return 'outputCondition' in facet ? 'output' : 'input';
  if (schema.endsWith('InputDatasetFacet')) return 'input';
  return schema.endsWith('OutputDatasetFacet') ? 'output' : 'dataset';
}

const HOLDERS = {
  run: (facets: object) => ({ run: { runId: RUN.slice(4), facets } }),
  job: (facets: object) => ({ job: { namespace: 'ns', name: 'job', facets } }),
  dataset: (facets: object) => ({ outputs: [dataset('out', { facets })] }),
  input: (inputFacets: object) => ({ inputs: [dataset('in', { inputFacets })] }),
  output: (outputFacets: object) => ({ outputs: [dataset('out', { outputFacets })] }),
};

const held = {
  run: (folded: FoldedEvents) => folded.facets,
  job: (folded: FoldedEvents) => folded.job?.facets,
  dataset: (folded: FoldedEvents) => folded.outputs[0]?.facets,
  input: (folded: FoldedEvents) => folded.inputs[0]?.ioFacets,
  output: (folded: FoldedEvents) => folded.outputs[0]?.ioFacets,
};

const fold = (event: object): FoldedEvents => {
  const folded = foldEvents([observed(runEvent(event))]);
  if (!folded) throw new Error('nothing was folded');
  return folded;
};

describe.skipIf(!isHere)(`the examples of the specification${note}`, () => {
  it('are complete', () => {
    expect(examples).toHaveLength(46);
  });

  it.each(examples)('%s is kept word for word where it belongs', (path) => {
    const facets = jsonOf(path);
    const holder = holderOf(path, Object.values(facets)[0] ?? {});
    expect(held[holder](fold(HOLDERS[holder](facets)))).toEqual(facets);
  });

  it('spec/tests/example_full_event.json is a run event, although it names a dataset too', () => {
    const folded = foldEvents([observed(jsonOf('spec/tests/example_full_event.json'))]);
    expect(folded).toMatchObject({ kind: 'run', state: 'COMPLETE', job: { name: 'dbt' } });
  });

  const explicit: Record<string, readonly string[]> = {
    'dataset-to-job.json': [
      'dataset:postgresql://warehouse:5432/public.staging_orders.order_id > job:airflow://production/daily.load',
    ],
    'generator.json': [`${RUN} > dataset:postgresql://warehouse:5432/public.extracted_data.total`],
    'implicit-job.json': [`dataset:postgresql://production:5432/public.transactions > ${RUN}`],
    'job-to-dataset.json': [
      'run:b7dce052-51a6-4d66-98b9-5fd8b78a79c7 > dataset:postgresql://warehouse:5432/public.daily_summary',
    ],
    'job-to-job.json': [
      'run:b7dce052-51a6-4d66-98b9-5fd8b78a79c7 > run:605f451b-c768-4c77-9ff4-8501f6324513',
    ],
    'mixed-sources.json': [
      'dataset:postgresql://warehouse:5432/public.orders > dataset:postgresql://warehouse:5432/public.enriched_orders',
      'dataset:postgresql://warehouse:5432/public.orders.customer_id > dataset:postgresql://warehouse:5432/public.enriched_orders.customer_segment',
      'job:airflow://production/daily.enrichment > dataset:postgresql://warehouse:5432/public.enriched_orders',
      'job:airflow://production/daily.enrichment > dataset:postgresql://warehouse:5432/public.enriched_orders.customer_segment',
    ],
    'dataset-to-dataset.json': [
      'dataset:postgresql://warehouse:5432/public.customers > dataset:s3://lake/out',
      'dataset:postgresql://warehouse:5432/public.customers.id > dataset:s3://lake/out.customer_id',
    ],
  };

  it.each(Object.entries(explicit))('LineageFacet/%s gives the edges that it names', (name, edges) => {
    const facets = jsonOf(join('spec/tests/LineageFacet', name));
    const holder = holderOf('tests/LineageFacet/', facets['lineage'] ?? {});
    const found = foldEdges([observed(runEvent(HOLDERS[holder](facets)))]);
    expect(arrows(found.filter(({ kind }) => kind === 'explicit'))).toEqual(edges);
  });

  it('ColumnLineageDatasetFacet/2.json gives edges of fields and of the whole dataset', () => {
    const facets = jsonOf('spec/tests/ColumnLineageDatasetFacet/2.json');
    const columns = foldEdges([observed(runEvent(HOLDERS.dataset(facets)))]).filter(
      ({ kind }) => kind === 'columns',
    );
    expect(
      columns.map(({ sourceField, targetField, transformation }) => [
        sourceField,
        targetField,
        transformation,
      ]),
    ).toEqual([
      ['age', '', 'INDIRECT:FILTER'],
      ['age', 'ageNextYear', 'DIRECT:TRANSFORMATION'],
      ['first_name', '', 'INDIRECT:SORT'],
      ['first_name', 'firstName', 'DIRECT:IDENTITY'],
      ['id', 'id', 'DIRECT:IDENTITY'],
      ['last_name', '', 'INDIRECT:SORT'],
      ['last_name', 'lastName', 'DIRECT:IDENTITY'],
    ]);
  });
});

describe.skipIf(!isHere)(`the files of the integrations${note}`, () => {
  const files = ['integration', 'proxy/fluentd/events', 'client/python/tests'].flatMap(filesIn);
  const validated = files.map((path) => ({ path, judgement: validateOpenLineage(jsonOf(path)) }));

  it('that are complete events are read', () => {
    const read = validated.filter(({ judgement }) => judgement.ok).map(({ path }) => path.split('/').at(-1));
    expect(new Set(read)).toEqual(
      new Set([
        'event_full.json',
        'event_invalid_dataset_facet.json',
        'event_invalid_input_dataset_facet.json',
        'event_invalid_job_facet.json',
        'event_invalid_output_dataset_facet.json',
        'event_invalid_run_facet.json',
        'event_simple.json',
        'example_full_event.json',
        'serde_example_dataset_event.json',
        'serde_example_job_event.json',
        'serde_example_run_event.json',
      ]),
    );
  });

  it('with placeholders are refused, each with a pointer and a reason', () => {
    const templates = validated.filter(({ path }) => textOf(path).includes('${json-unit'));
    expect(templates).toHaveLength(87);
    for (const { judgement } of templates)
      expect(judgement).toMatchObject({ ok: false, refusal: { message: expect.stringMatching(/\w/) } });
  });
});
