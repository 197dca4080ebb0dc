import {
  access,
  address,
  answering,
  artifactBytes,
  dataDirectory,
  deadlines,
  faultGrace,
  group,
  introspection,
  limits,
  estimateHeap,
  queryBytes,
  questions,
  readSettings,
  umask,
  watermarks,
} from '@tributary/configuration';
import type { Environment } from '@tributary/configuration';
import type { EmbeddedOptions } from '@tributary/embedded';

export const settings = group({
  address: address(4800),
  access,
  directory: dataDirectory('.tributary'),
  umask,
  limits,
  questions,
  introspection,
  answering,
  artifactBytes,
  queryBytes,
  estimateHeap,
  deadlines,
  watermarks,
  faultGrace,
});

/** Throws Fault `configuration` with every problem in one message. */
export function readConfig(env: Environment): EmbeddedOptions {
  const { address: at, access: whom, ...others } = readSettings(settings, env);
  return { ...at, ...whom, ...others };
}
