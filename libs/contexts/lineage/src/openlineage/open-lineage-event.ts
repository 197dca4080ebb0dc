import { openLineageValidation } from '@tributary/contracts';
import type { OpenLineageHead } from '@tributary/contracts';
import { valueIn } from '@tributary/kernel';
import { nodeId } from '../node.ts';
import type { NodeId } from '../node.ts';
import { isMembers, itemsOf, membersOf, textOf } from './members.ts';
import type { Members } from './members.ts';

export type Job = {
  readonly id: NodeId;
  readonly namespace: string;
  readonly name: string;
  readonly facets: Members;
};

/** A dataset of an event. `ioFacets` are its input or output facets, which belong to the run. */
export type Dataset = Job & { readonly ioFacets: Members };

/** An OpenLineage event. `inputs` and `outputs` are read from the event at each iteration and not kept. */
export type OpenLineageEvent = {
  /** Sort key of the events of a run: event time, then id. It does not depend on the order of arrival. */
  readonly moment: string;
  readonly time: string;
  readonly kind: OpenLineageHead['kind'];
  readonly eventType: OpenLineageHead['eventType'] | undefined;
  readonly run: { readonly id: NodeId; readonly runId: string; readonly facets: Members } | undefined;
  readonly job: Job | undefined;
  readonly dataset: Dataset | undefined;
  readonly inputs: Iterable<Dataset>;
  readonly outputs: Iterable<Dataset>;
  readonly producer: string;
};

/** Reads an OpenLineage event; undefined where it is not one. The log keeps such events. */
export function openLineageEventOf(event: unknown, id: string): OpenLineageEvent | undefined {
  const steps = openLineageEventSteps(event, id);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same, and yields after each dataset that was checked, so that the caller can let others have their turn. */
export function* openLineageEventSteps(
  event: unknown,
  id: string,
): Generator<undefined, OpenLineageEvent | undefined> {
  const judgement = yield* openLineageValidation(event);
  if (!judgement.ok || !isMembers(event)) return undefined;
  const { kind, time, eventType } = judgement.head;
  const runId = textOf(membersOf(event['run'])['runId']).toLowerCase();
  return {
    moment: `${time} ${id}`,
    time,
    kind,
    eventType,
    run:
      kind === 'run'
        ? { id: nodeId('run', runId), runId, facets: membersOf(membersOf(event['run'])['facets']) }
        : undefined,
    job: kind === 'dataset' ? undefined : jobOf(event['job']),
    dataset: kind === 'dataset' ? datasetOf(event['dataset'], '') : undefined,
    inputs: datasetsOf(event['inputs'], 'inputFacets'),
    outputs: datasetsOf(event['outputs'], 'outputFacets'),
    producer: textOf(event['producer']),
  };
}

export function jobOf(value: unknown): Job {
  const { namespace, name, facets } = membersOf(value);
  const path = `${textOf(namespace)}/${textOf(name)}`;
  return {
    id: nodeId('job', path),
    namespace: textOf(namespace),
    name: textOf(name),
    facets: membersOf(facets),
  };
}

function datasetOf(value: unknown, ioFacets: string): Dataset {
  const members = membersOf(value);
  const namespace = textOf(members['namespace']);
  const name = textOf(members['name']);
  return {
    id: datasetId(namespace, name),
    namespace,
    name,
    facets: membersOf(members['facets']),
    ioFacets: membersOf(valueIn(members, ioFacets)),
  };
}

export const datasetId = (namespace: string, name: string): NodeId =>
  nodeId('dataset', `${namespace}/${name}`);

const datasetsOf = (value: unknown, ioFacets: string): Iterable<Dataset> => ({
  *[Symbol.iterator]() {
    for (const item of itemsOf(value)) yield datasetOf(item, ioFacets);
  },
});
