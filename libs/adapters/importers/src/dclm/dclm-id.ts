/** Identity in a DCLM store is the UUID; names collide. */
const idOf =
  (entity: string) =>
  (uuid: string): string =>
    `urn:dclm:${entity}:${uuid}`.slice(0, 256);

export const datasetId = idOf('dataset');
export const modelId = idOf('model');
export const evaluationId = idOf('eval');

/** The dataset of every model whose `dataset_uuid` is empty: one reference without an identity, as the store has it. */
export const DATASET_WITHOUT_UUID = datasetId('uuid_missing');

/** What every dataset with the source `""` was made from. */
export const SOURCE_WITHOUT_NAME = 'urn:dclm:source:unnamed';

/** A model that an evaluation names without a UUID, mostly one from elsewhere such as `Qwen/Qwen2-7B`. */
export const modelByName = (model: string): string => modelId(`name:${model}`);
