import { parse } from 'yaml';
import { isObject } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { count } from '../run-history/start-run.ts';

/** The launch configuration of golden values: arguments without their dashes, and the environment. */
export type LaunchConfig = {
  readonly config: JsonObject;
  readonly tokenBudget?: number;
  readonly tokenizer?: string;
};

/** Parses a launch configuration; undefined if the text is something else. */
export function launchConfig(text: string): LaunchConfig | undefined {
  const yaml = parsed(text);
  if (!isObject(yaml) || !isObject(yaml['MODEL_ARGS'])) return undefined;
  const args = Object.entries(yaml['MODEL_ARGS']).map(
    ([name, value]) => [name.replace(/^--/, ''), value] as const,
  );
  const environment = isObject(yaml['ENV_VARS']) ? Object.entries(yaml['ENV_VARS']) : [];
  const config = Object.fromEntries([...environment, ...args]);
  const samples = count(config['train-samples']);
  const sequence = count(config['seq-length']);
  const tokens = samples === undefined || sequence === undefined ? undefined : count(samples * sequence);
  const tokenizer = config['tokenizer-model'];
  return {
    config,
    ...(tokens !== undefined && { tokenBudget: tokens }),
    ...(typeof tokenizer === 'string' && tokenizer !== '' && { tokenizer: tokenizer.slice(0, 256) }),
  };
}

function parsed(text: string): unknown {
  try {
    /* To search for duplicate keys is quadratic in their number. */
    return parse(text, { maxAliasCount: 100, uniqueKeys: false });
  } catch {
    return undefined;
  }
}
