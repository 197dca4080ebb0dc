import type { FactCatalogue } from '@tributary/contracts';
import type { SourceFile } from '../files/folder.ts';
import { listIn, objectIn, pointerTo, omitNullish, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { multiplierIn, namedModel, recipeIdOf, runIdOf } from './model-name.ts';

type Started = FactCatalogue['training.run.started'];
type MatchedLocation = { readonly modelName: string; readonly runs: readonly JsonObject[] };

/** Checkpoint locations with their models and the tracked runs that wrote to them; undefined if the file has none. */
export async function matchedRuns(file: SourceFile): Promise<ReadonlyMap<string, unknown> | undefined> {
  const locations = Object.entries(objectIn(await file.json()) ?? {});
  const matched = locations.filter(([, value]) => matchedIn(value) !== undefined);
  return matched.length > 0 && matched.length >= locations.length / 2 ? new Map(locations) : undefined;
}

function matchedIn(value: unknown): MatchedLocation | undefined {
  const members = objectIn(value) ?? {};
  const modelName = textIn(members['model_name']);
  const runs = listIn(members['runs'])?.map((run) => objectIn(run) ?? {});
  const tracked = runs?.every((run) => textIn(run['run_id']) !== undefined) ?? false;
  return modelName !== undefined && runs && tracked ? { modelName, runs } : undefined;
}

/**
 * A location is one run. The tracked runs that wrote to it are its attempts in file order: they are restarts and must
 * not be counted as seeds.
 */
export async function readMatchedRuns(
  file: SourceFile,
  locations: ReadonlyMap<string, unknown>,
  collector: FactCollector,
): Promise<void> {
  const { findings } = collector;
  const sha256 = await file.sha256();
  for (const [location, value] of locations) {
    const matched = matchedIn(value);
    if (!matched) {
      findings.reject(
        file.path,
        pointerTo(location),
        'the location has no model_name with a list of runs that each have a run_id',
      );
      continue;
    }
    if (matched.runs.length > 1) {
      findings.warn(
        'run_restarted',
        `${location} has ${matched.runs.length} tracked runs: they are imported as attempts of one run`,
      );
    }
    if (!namedModel(matched.modelName))
      findings.warn(
        'name_unreadable',
        `${matched.modelName}: the name does not have the form <recipe>-<size>-<seed>`,
      );
    const attempts = matched.runs.length > 0 ? matched.runs : [{}];
    for (const [index, run] of attempts.entries()) {
      const data = startedOf(location, matched.modelName, run, index + 1);
      const origin = { sha256, pointer: pointerTo(location, 'runs', index) };
      collector.add(origin, data.runId, { type: 'training.run.started', data });
    }
  }
}

function startedOf(location: string, modelName: string, run: JsonObject, attempt: number): Started {
  const named = namedModel(modelName);
  const uri = textIn(run['url'])?.slice(0, 2048);
  const name = (textIn(run['run_name']) ?? modelName).slice(0, 512);
  const multiplier = multiplierIn(location);
  return {
    runId: runIdOf(modelName),
    attempt,
    name,
    model: named ? { name: named.size, parameters: named.parameters } : { name: modelName.slice(0, 256) },
    config: omitNullish({
      modelName,
      checkpoints: location,
      recipe: named?.recipe,
      chinchilla: multiplier,
      trackedRun: run['run_id'],
      project: run['project'],
      group: run['group'],
    }),
    seeds: named ? { init: named.seed, dataOrder: named.seed } : {},
    ...(named && { snapshotId: recipeIdOf(named.recipe) }),
    ...(uri !== undefined && { uri }),
  };
}
