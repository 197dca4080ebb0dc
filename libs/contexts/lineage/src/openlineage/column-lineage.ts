import { RANK } from '../edge.ts';
import type { NodeId } from '../node.ts';
import { isMembers, itemsOf, membersOf, textOf, transformationOf } from './members.ts';
import type { Members } from './members.ts';
import { datasetId } from './open-lineage-event.ts';
import type { FacetContext } from './facet-context.ts';

/**
 * Reads the `columnLineage` facet of a dataset: the input fields of each field, and those of the whole dataset
 * (`dataset`). A facet without fields asserts nothing.
 */
export function columnLineage(facet: unknown, target: NodeId, context: FacetContext): void {
  if (!isMembers(facet)) return;
  const key = `${target}#columnLineage`;
  const { sink, via, moment } = context;
  const inputs = facet['_deleted'] === true ? [] : [...inputFields(facet)];
  const decided = inputs.length > 0 ? target : '';
  sink.assertion({ via, facet: key, moment, rank: RANK.columns, target: decided });
  for (const [targetField, input] of inputs) {
    const name = textOf(input['name']);
    const source = datasetId(textOf(input['namespace']), name);
    sink.node({ id: source, name, reason: 'named by a lineage facet only' });
    sink.edge({
      source,
      target,
      kind: 'columns',
      via,
      rank: RANK.columns,
      facet: key,
      moment,
      sourceField: textOf(input['field']),
      targetField,
      transformation: transformationOf(input['transformations']),
    });
  }
}

function* inputFields({ fields, dataset }: Members): Generator<[string, Members]> {
  for (const [field, entry] of Object.entries(membersOf(fields)))
    for (const input of itemsOf(membersOf(entry)['inputFields'])) yield [field, membersOf(input)];
  for (const input of itemsOf(dataset)) yield ['', membersOf(input)];
}
