import { expect, it } from 'vitest';
import { arrows, dataset, facet, observed, RUN, runEvent } from './events.fixture.ts';
import { foldEdges } from './fold-events.ts';

const out = { ...dataset('out'), type: 'DATASET' };
const from = (name: string, more: object = {}) => ({ ...dataset(name), type: 'DATASET', ...more });
const OTHER = 'b7dce052-51a6-4d66-98b9-5fd8b78a79c7';
const LAKE = 'dataset:s3://lake';
const job = (facets: object) => ({ job: { namespace: 'ns', name: 'job', facets } });

const entries = (...list: object[]) => job({ lineage: facet({ entries: list }) });
const jobEvent = (event: object) => ({ ...event, run: undefined, eventType: undefined });

/** The forms of LineageFacet 1-0-0, each with its edges. */
const CASES: readonly [string, object, readonly string[]][] = [
  ['a dataset into a dataset', entries({ ...out, inputs: [from('a')] }), [`${LAKE}/a > ${LAKE}/out`]],
  [
    'several datasets into one',
    entries({ ...out, inputs: [from('a'), from('b')] }),
    [`${LAKE}/a > ${LAKE}/out`, `${LAKE}/b > ${LAKE}/out`],
  ],
  [
    'the field of a dataset into a whole dataset',
    entries({ ...out, inputs: [from('a', { field: 'x' })] }),
    [`${LAKE}/a.x > ${LAKE}/out`],
  ],
  [
    'a field into a field',
    entries({ ...out, fields: { y: { inputs: [from('a', { field: 'x' })] } } }),
    [`${LAKE}/a.x > ${LAKE}/out.y`],
  ],
  [
    'a dataset into a field',
    entries({ ...out, fields: { y: { inputs: [from('a')] } } }),
    [`${LAKE}/a > ${LAKE}/out.y`],
  ],
  [
    'a named job into a dataset',
    entries({ ...out, inputs: [{ type: 'JOB', namespace: 'ns', name: 'other' }] }),
    [`job:ns/other > ${LAKE}/out`],
  ],
  [
    'a named run of a job into a dataset',
    entries({ ...out, inputs: [{ type: 'JOB', namespace: 'ns', name: 'other', runId: OTHER }] }),
    [`run:${OTHER} > ${LAKE}/out`],
  ],
  [
    'the own job into a dataset, in a run',
    entries({ ...out, inputs: [{ type: 'JOB' }] }),
    [`${RUN} > ${LAKE}/out`],
  ],
  [
    'the own job into a dataset, without a run',
    jobEvent(entries({ ...out, inputs: [{ type: 'JOB' }] })),
    [`job:ns/job > ${LAKE}/out`],
  ],
  ['a dataset into the own job', entries({ type: 'JOB', inputs: [from('a')] }), [`${LAKE}/a > ${RUN}`]],
  [
    'a dataset into the own job, without a run',
    jobEvent(entries({ type: 'JOB', inputs: [from('a')] })),
    [`${LAKE}/a > job:ns/job`],
  ],
  [
    'a run into a run',
    entries({ type: 'JOB', namespace: 'ns', name: 'next', runId: OTHER, inputs: [{ type: 'JOB' }] }),
    [`${RUN} > run:${OTHER}`],
  ],
  [
    'a run facet beside a job facet',
    {
      ...entries({ ...out, inputs: [from('a')] }),
      run: {
        runId: RUN.slice(4),
        facets: { lineage: facet({ entries: [{ ...out, inputs: [from('b')] }] }) },
      },
    },
    [`${LAKE}/a > ${LAKE}/out`, `${LAKE}/b > ${LAKE}/out`],
  ],
  [
    'a facet of the dataset itself',
    { outputs: [dataset('out', { facets: { lineage: facet({ inputs: [from('a')] }) } })] },
    [`${LAKE}/a > ${LAKE}/out`],
  ],
  [
    'a dataset described without a job',
    {
      ...jobEvent({}),
      job: undefined,
      dataset: dataset('out', { facets: { lineage: facet({ inputs: [from('a')] }) } }),
    },
    [`${LAKE}/a > ${LAKE}/out`],
  ],
  ['nothing into a dataset', entries({ ...out, inputs: [] }), []],
];

it.each(CASES)('reads explicit lineage of %s', (_what, event, edges) => {
  const folded = foldEdges([observed(runEvent(event))]);
  expect(arrows(folded.filter(({ kind }) => kind === 'explicit'))).toEqual(edges);
});
