import { appendFacts, madeEvent } from '@tributary/capture';
import { checkFact } from '@tributary/contracts';
import { Fault } from '@tributary/kernel';
import { nodes } from '@tributary/lineage';
import { freshness } from './answer.ts';
import { RetractionTarget, RetractRefusal } from './generated/schema.ts';
import type { MutationRetractArgs, RetractOutcome } from './generated/schema.ts';
import type { Runtime } from './runtime.ts';

/** Source of the facts. */
const SOURCE = 'urn:tributary:retractions';

/**
 * Records a retraction. Its id is made of its content, so the same one is recorded once. Refuses what breaks the schema of
 * the fact. Throws Fault `not_recorded` where the log refuses it.
 */
export async function retract(
  runtime: Runtime,
  { target, id, ...why }: MutationRetractArgs & Why,
): Promise<RetractOutcome> {
  const fact = factOf(target, id, why);
  const violation = checkFact(fact.type, fact.data);
  if (violation)
    return {
      __typename: 'RetractRefused',
      refusal: RetractRefusal.Invalid,
      text: `${violation.pointer.replace('/data/', '')} ${violation.message}`,
    };
  const before = runtime.log.head();
  const appended = await appendFacts(runtime, [madeEvent(SOURCE, [fact.type, fact.data], fact)], {
    atomic: true,
  });
  const receipt = appended.ok ? appended.receipts[0] : undefined;
  if (!receipt?.position)
    throw new Fault('not_recorded', `the log refused the retraction of ${target} ${id}`);
  await runtime.projector.reached(runtime.log.head());
  const { position: as_of } = await freshness(runtime, before);
  const known = await runtime.engine.reader.all(nodes, { nodes: [`${target}:${id}`], as_of });
  return {
    __typename: 'Retracted',
    position: receipt.position,
    isNew: appended.ok && appended.stored > 0,
    isKnown: known.length > 0,
  };
}

type Why = { readonly reason: string; readonly actor: string };

const factOf = (target: RetractionTarget, id: string, why: Why) =>
  target === RetractionTarget.Shard
    ? { type: 'corpus.shard.retracted' as const, data: { shardId: id, ...why } }
    : {
        type: 'corpus.source.retracted' as const,
        data: {
          kind: target === RetractionTarget.Snapshot ? ('snapshot' as const) : ('package' as const),
          ref: id,
          ...why,
        },
      };
