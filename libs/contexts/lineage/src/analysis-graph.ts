import { createHash } from 'node:crypto';
import type { Fact } from '@tributary/contracts';
import { canonicalDigest } from '@tributary/json';
import { valueIn } from '@tributary/kernel';
import { link, referencedNode, withLinks } from './fact-links.ts';
import type { DataOf, FactGraph } from './fact-links.ts';
import { nodeId } from './node.ts';
import type { NodeId, NodeKind } from './node.ts';

/** Nodes and edges of facts about comparisons and about what was measured in checkpoints; undefined for any other fact. */
export function analysisGraph(fact: Fact): FactGraph | undefined {
  switch (fact.type) {
    case 'mixture.experiment.assigned':
      return experiment(fact.data);
    case 'routing.load.observed':
      return routing(fact.data);
    case 'influence.scores.recorded':
      return influence(fact.data);
    case 'attribution.question.asked':
      return question(fact.data);
    case 'attribution.question.answered':
      return answer(fact.data);
    default:
      return undefined;
  }
}

/** The mixtures that an experiment compares. */
function experiment({ experimentId, arms }: DataOf<'mixture.experiment.assigned'>): FactGraph {
  const id = nodeId('experiment', experimentId);
  const mixtures = [...new Set(arms.map(({ mixtureId }) => mixtureId))];
  return withLinks(
    { id, name: experimentId },
    mixtures.map((mixture) => link(nodeId('mixture', mixture), id, 'arm')),
  );
}

/** All observations of a checkpoint on one probe set are one node. */
function routing({ checkpointId, probeSet }: DataOf<'routing.load.observed'>): FactGraph {
  const id = nodeId('routing', `${checkpointId}/${probeSet}`);
  return withLinks({ id, name: probeSet }, [link(nodeId('checkpoint', checkpointId), id, 'observed')]);
}

/** Influence scores come from a checkpoint and from what is scored, where a reference names a shard, snapshot or dataset. */
function influence(data: DataOf<'influence.scores.recorded'>): FactGraph {
  const { checkpointId, estimator, target, refs } = data;
  const about = [target.capability, target.benchmark, target.item].filter((part) => part !== undefined);
  const id = nodeId('influence', [checkpointId, estimator.name, ...about].join('/'));
  const scored = [...new Set(refs)].map(referencedNode).filter((node) => !node.startsWith('uri:'));
  return withLinks({ id, name: `${estimator.name} ${about.join(' ')}` }, [
    link(nodeId('checkpoint', checkpointId), id, 'observed'),
    ...scored.map((node) => link(node, id, 'influence')),
  ]);
}

/** The experiment that a question is about, where the question names one. */
function question({ questionId, question: asked }: DataOf<'attribution.question.asked'>): FactGraph {
  const id = nodeId('question', questionId);
  const about: unknown = valueIn(asked, 'experiment');
  const named = typeof about === 'string' && about !== '' ? about : undefined;
  return withLinks({ id, name: questionId }, [
    named === undefined ? undefined : link(nodeId('experiment', named), id, 'subject'),
  ]);
}

/**
 * What an answer was computed from. Where the fact names no nodes, only positions of events, its source is unknown: the
 * rows of a fact depend on nothing but the fact.
 */
function answer(data: DataOf<'attribution.question.answered'>): FactGraph {
  const answerId = answerIdOf(data);
  const id = nodeId('answer', answerId);
  const used = (data.uses ?? []).flatMap((ref) => usedNode(ref) ?? []);
  return withLinks({ id, name: `answer to ${data.questionId}` }, [
    link(nodeId('question', data.questionId), id, 'answered'),
    ...(used.length > 0
      ? used.map((node) => link(node, id, 'used'))
      : [link(nodeId('unknown', answerId), id, 'used', { reason: BY_POSITION })]),
  ]);
}

/** The id that an answer is cited by, as the attribution context has it in `cited-answers.sql`. */
function answerIdOf(data: DataOf<'attribution.question.answered'>): string {
  const { questionId, estimator, inputPosition, result } = data;
  const parts = [questionId, estimator.id, estimator.version, inputPosition, canonicalDigest(result)];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

const BY_POSITION = 'the answer lists its evidence by position only';

/** Kinds of nodes that an answer can name as what it used. */
const USED: readonly NodeKind[] = ['run', 'score', 'checkpoint', 'shard', 'snapshot', 'experiment'];

function usedNode(ref: string): NodeId | undefined {
  const kind = USED.find((one) => ref.startsWith(`${one}:`) && ref.length > one.length + 1);
  return kind && nodeId(kind, ref.slice(kind.length + 1));
}
