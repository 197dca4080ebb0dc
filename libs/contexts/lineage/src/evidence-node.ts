import type { Fact } from '@tributary/contracts';
import { nodeId } from './node.ts';
import type { NodeId } from './node.ts';

type Score = Fact<'evaluation.score.recorded'>['data'];

/** The node of a score: of its evaluation where it belongs to one. */
export const scoreNode = ({ runId, evaluationId, benchmark, metric, step }: Score): NodeId =>
  nodeId(
    'score',
    evaluationId ?? [runId, benchmark, metric, ...(step === undefined ? [] : [step])].join('/'),
  );

/** What an event of the evidence of an answer is about: a score, a run or an experiment. Undefined for other events. */
export function evidenceNode(fact: Fact): NodeId | undefined {
  switch (fact.type) {
    case 'evaluation.score.recorded':
      return scoreNode(fact.data);
    case 'mixture.experiment.assigned':
      return nodeId('experiment', fact.data.experimentId);
    case 'training.run.planned':
    case 'training.run.started':
    case 'training.run.ended':
    case 'training.exposure.recorded':
    case 'training.steps.recorded':
      return nodeId('run', fact.data.runId);
    default:
      return undefined;
  }
}
