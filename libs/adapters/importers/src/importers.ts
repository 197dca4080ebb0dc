import type { Importer } from './importer.ts';
import { builtInImporters } from './maps/built-in/built-in-importers.ts';
import { routingCounts } from './routing-counts/routing-counts.ts';
import { nemoBlend } from './nemo-blend/nemo-blend.ts';
import { lingua } from './lingua/lingua.ts';
import { nanotron } from './nanotron/nanotron.ts';
import { megatronData } from './megatron-data/megatron-data.ts';
import { mds } from './mds/mds.ts';
import { mlflowStore } from './mlflow-store/mlflow-store.ts';
import { manifest } from './manifest/manifest.ts';
import { mixingLaws } from './mixing-laws/mixing-laws.ts';
import { mosaicStreams } from './mosaic-streams/mosaic-streams.ts';
import { dolma } from './dolma/dolma.ts';
import { datatrove } from './datatrove/datatrove.ts';
import { attributeTable } from './attribute-table/attribute-table.ts';
import { wandb } from './wandb/wandb.ts';
import { torchtitan } from './torchtitan/torchtitan.ts';
import { tensorboard } from './tensorboard/tensorboard.ts';
import { parquetHistory } from './parquet-history/parquet-history.ts';
import { neptune } from './neptune/neptune.ts';
import { megatronLog } from './megatron-log/megatron-log.ts';
import { megatronGolden } from './megatron-golden/megatron-golden.ts';
import { hfTrainer } from './hf-trainer/hf-trainer.ts';
import { lighteval } from './lighteval/lighteval.ts';
import { lmEval } from './lm-eval/lm-eval.ts';
import { scoreTable } from './score-table/score-table.ts';
import { croissant } from './croissant/croissant.ts';
import { datadecide } from './datadecide/datadecide.ts';
import { dclm } from './dclm/dclm.ts';
import { olmoMix } from './olmo/mix/mix.ts';
import { olmoProvenance } from './olmo/provenance/provenance.ts';
import { olmoSourceMixture } from './olmo/source-mixture/source-mixture.ts';
import { olmoTraining } from './olmo/training/training.ts';
import { openlineage } from './openlineage/openlineage.ts';
import { sweep } from './sweep/sweep.ts';

/** All importers, in the order in which the help lists them. */
export const importers: readonly Importer[] = [
  sweep,
  scoreTable,
  lmEval,
  lighteval,
  hfTrainer,
  megatronGolden,
  megatronLog,
  mlflowStore,
  neptune,
  parquetHistory,
  tensorboard,
  torchtitan,
  wandb,
  ...builtInImporters,
  croissant,
  datadecide,
  dclm,
  olmoMix,
  olmoProvenance,
  olmoSourceMixture,
  olmoTraining,
  attributeTable,
  datatrove,
  dolma,
  manifest,
  lingua,
  mds,
  megatronData,
  mixingLaws,
  mosaicStreams,
  nanotron,
  nemoBlend,
  routingCounts,
  openlineage,
];
