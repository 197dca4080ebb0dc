import type { FactCatalogue } from '@tributary/contracts';
import type { Findings } from '../facts/findings.ts';
import type { NewFact } from '../facts/imported-event.ts';
import { countIn, objectIn, omitNullish, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { boundedConfig } from '../facts/config.ts';
import { DATASET_WITHOUT_UUID, datasetId, modelId } from './dclm-record.ts';
import type { DclmRecord } from './dclm-record.ts';

/** The dataset that a model was trained on according to its record. */
export const trainedOn = ({ members }: DclmRecord): string => {
  const uuid = textIn(members['dataset_uuid']);
  return uuid === undefined ? DATASET_WITHOUT_UUID : datasetId(uuid);
};

/**
 * The start of a run, and its end if the record states it. The store has no steps, so there is no checkpoint fact: the
 * address of the checkpoint stays in the configuration, and the UUID of the model identifies both.
 */
export function modelFacts(record: DclmRecord, findings: Findings): NewFact[] {
  const { members, redacted, file } = record;
  const hyperparameters = objectIn(members['hyperparameters']) ?? {};
  const name = textIn(members['name'])?.slice(0, 512);
  const tokenBudget = countIn(hyperparameters['tokens']);
  if (redacted)
    findings.warn('secret_redacted', `${file.path}: a secret in the file was redacted in the fact`);
  const started: FactCatalogue['training.run.started'] = {
    runId: modelId(record.uuid),
    attempt: 1,
    ...(name !== undefined && { name }),
    model: modelOf(hyperparameters),
    config: boundedConfig(omitNullish({ ...members, uuid: undefined, name: undefined, results: undefined })),
    seeds: seedsOf(hyperparameters),
    snapshotId: trainedOn(record),
    ...(tokenBudget !== undefined && { tokenBudget }),
    ...(redacted && { redacted }),
  };
  return [{ type: 'training.run.started', data: started }, ...endOf(record)];
}

/** The model is given by a short name or by the path of its configuration. The name is the last part of either. */
function modelOf(hyperparameters: JsonObject): FactCatalogue['training.run.started']['model'] {
  const named = textIn(hyperparameters['model']) ?? 'unknown';
  const name = (named.split('/').at(-1) ?? named).replace(/\.json$/, '').slice(0, 256) || 'unknown';
  const parameters = countIn(hyperparameters['params']);
  return {
    name,
    ...(parameters !== undefined && { parameters }),
    ...(named !== name && { architecture: named.slice(0, 1024) }),
  };
}

/** open_lm uses one seed for the initial parameters and the data order. */
function seedsOf(hyperparameters: JsonObject): FactCatalogue['training.run.started']['seeds'] {
  const seed = countIn(hyperparameters['seed']);
  return seed === undefined ? {} : { init: seed, dataOrder: seed };
}

/** The end of a run. A record without the boolean `failed` does not state it. */
function endOf({ members, uuid }: DclmRecord): NewFact[] {
  const failed = members['failed'];
  if (typeof failed !== 'boolean') return [];
  const reason = textIn(members['error'])?.slice(0, 4096);
  const status = failed ? 'failed' : 'completed';
  const data = { runId: modelId(uuid), attempt: 1, status, ...(reason !== undefined && { reason }) } as const;
  return [{ type: 'training.run.ended', data }];
}
