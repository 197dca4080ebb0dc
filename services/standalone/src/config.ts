import { Fault } from '@tributary/kernel';
import { z } from 'zod';
import { LIMITS } from '@tributary/http';

const Config = z.object({
  /** Loopback unless somebody says otherwise. */
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(4800),
  directory: z.string().min(1).default('.tributary'),
  limits: z.object({
    bytesInFlight: z.coerce.number().int().min(1).default(LIMITS.bytesInFlight),
    requests: z.coerce.number().int().min(1).default(LIMITS.requests),
    requestTimeout: z.coerce.number().int().min(100).default(LIMITS.requestTimeout),
  }),
});

export type StandaloneConfig = z.infer<typeof Config>;

/** Pure: the environment comes in as a value. Throws with every problem in one message. */
export function readConfig(env: Record<string, string | undefined>): StandaloneConfig {
  const parsed = Config.safeParse({
    host: env['HOST'],
    port: env['PORT'],
    directory: env['TRIBUTARY_DATA'],
    limits: {
      bytesInFlight: env['TRIBUTARY_BYTES_IN_FLIGHT'],
      requests: env['TRIBUTARY_REQUESTS'],
      requestTimeout: env['TRIBUTARY_REQUEST_TIMEOUT_MS'],
    },
  });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${NAMES[String(issue.path.at(-1))] ?? 'configuration'}: ${issue.message}`,
  );
  throw new Fault('configuration', `the configuration is not usable\n  ${problems.join('\n  ')}`);
}

const NAMES: Readonly<Record<string, string>> = {
  host: 'HOST',
  port: 'PORT',
  directory: 'TRIBUTARY_DATA',
  bytesInFlight: 'TRIBUTARY_BYTES_IN_FLIGHT',
  requests: 'TRIBUTARY_REQUESTS',
  requestTimeout: 'TRIBUTARY_REQUEST_TIMEOUT_MS',
};
