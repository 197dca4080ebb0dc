import type { FactCatalogue } from '@tributary/contracts';
import type { Findings } from '../facts/findings.ts';
import { textIn } from '../files/untyped-values.ts';
import { creationDate, evaluationId } from './dclm-record.ts';
import type { DclmRecord } from './dclm-record.ts';
import { dclmScores } from './eval-scores.ts';
import type { DclmScore } from './eval-scores.ts';
import { evaluated } from './evaluated-model.ts';

type Score = FactCatalogue['evaluation.score.recorded'];

/** One fact for each numeric score. Text such as "N/A due to missing tasks" is reported as a missing score. */
export function evalFacts(record: DclmRecord, findings: Findings): { pointer: string; data: Score }[] {
  const shared = sharedBy(record);
  return dclmScores(record.members).flatMap((score) => {
    const { value } = score;
    if (score.benchmark.trim() === '') {
      findings.reject(record.file.path, score.pointer, 'the benchmark has no name');
      return [];
    }
    if (typeof value === 'number' && Number.isFinite(value)) {
      return [{ pointer: score.pointer, data: { ...shared, ...partsOf(score), value } }];
    }
    const shown = typeof value === 'string' ? `"${value.slice(0, 60)}"` : String(value);
    findings.warn('score_absent', `${record.file.path} ${score.pointer}: ${shown} is not a number`);
    return [];
  });
}

function sharedBy(record: DclmRecord) {
  const { members, uuid } = record;
  const modelRef = textIn(members['model'])?.slice(0, 1024);
  const date = creationDate(members['creation_date']);
  return {
    runId: evaluated(record),
    evaluationId: evaluationId(uuid),
    harness: { name: 'llm-foundry' },
    method: 'reported' as const,
    ...(modelRef !== undefined && { modelRef }),
    ...(date && { evaluatedAt: date.text }),
  };
}

function partsOf({ benchmark, metric, version }: DclmScore) {
  const perplexity = metric === 'perplexity';
  return {
    capability: benchmark.slice(0, 256),
    benchmark: benchmark.slice(0, 256),
    metric,
    ...(version !== undefined && { metricVersion: version }),
    unit: perplexity ? 'perplexity' : 'accuracy',
    higherIsBetter: !perplexity,
  };
}
