import type { FactCatalogue } from '@tributary/contracts';
import type { Findings } from '../facts/findings.ts';
import type { NewFact } from '../facts/imported-event.ts';
import { countIn, objectIn, omitNullish, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { boundedConfig } from '../facts/config.ts';
import { DATASET_WITHOUT_UUID, datasetId, modelId } from './dclm-record.ts';
import type { DclmRecord } from './dclm-record.ts';

/** The dataset that a model record says it was trained on. */
export const trainedOn = ({ members }: DclmRecord): string => {
  const uuid = textIn(members['dataset_uuid']);
  return uuid === undefined ? DATASET_WITHOUT_UUID : datasetId(uuid);
};

/**
 * A run, and how it ended where the record says so. The store has no steps, so the checkpoint is not a fact of its own:
 * its address stands in the configuration, and the model's UUID stands for both.
 */
export function modelFacts(record: DclmRecord, findings: Findings): NewFact[] {
  const { members, redacted, file } = record;
  const hyperparameters = objectIn(members['hyperparameters']) ?? {};
  const name = textIn(members['name'])?.slice(0, 512);
  const tokenBudget = countIn(hyperparameters['tokens']);
  if (redacted) findings.warn('secret_redacted', `${file.path}: a secret in the file is not in the fact`);
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

/** A model is named by a short name or by the path of its configuration; the name is what both have in common. */
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

/** open_lm draws the initial parameters and the order of the data from one seed. */
function seedsOf(hyperparameters: JsonObject): FactCatalogue['training.run.started']['seeds'] {
  const seed = countIn(hyperparameters['seed']);
  return seed === undefined ? {} : { init: seed, dataOrder: seed };
}

/** A record that does not say whether the training failed says nothing of its end. */
function endOf({ members, uuid }: DclmRecord): NewFact[] {
  const failed = members['failed'];
  if (typeof failed !== 'boolean') return [];
  const reason = textIn(members['error'])?.slice(0, 4096);
  const status = failed ? 'failed' : 'completed';
  const data = { runId: modelId(uuid), attempt: 1, status, ...(reason !== undefined && { reason }) } as const;
  return [{ type: 'training.run.ended', data }];
}
