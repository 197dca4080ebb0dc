import {
  access,
  address,
  blobDirectory,
  clickhouse,
  faultGrace,
  flag,
  group,
  kafka,
  otlpEndpoint,
  readSettings,
  umask,
  variable,
} from '@tributary/configuration';
import type { Environment, ValueOf } from '@tributary/configuration';
import { parseEventPosition, positionFromText } from '@tributary/kernel';
import { z } from 'zod';

/** Positions as faults and answers print them: `17` in the first partition, `3:17` in another one. */
const positions = z
  .string()
  .transform((given) => given.split(',').map((one) => positionFromText(one.trim())))
  .transform((given) => new Set(given.filter((one) => one !== '')))
  .refine((given) => [...given].every((one) => parseEventPosition(one) > 0), {
    message: 'name the positions of events, such as 17,3:204',
  });

const integer = (least: number) => z.coerce.number().int().min(least);

export const settings = group({
  address: address(4802),
  access,
  blobs: blobDirectory,
  umask,
  kafka,
  clickhouse,
  otlpEndpoint,
  faultGrace,
  /** Queued events are many small objects, so a smaller queue is faster. */
  queueBytes: variable('TRIBUTARY_QUEUE_BYTES', integer(1), {
    default: String(8 * 1024 * 1024),
    description: 'Bytes of events that wait for the tables; fetching pauses above.',
  }),
  foreign: variable('TRIBUTARY_FOREIGN_EVENTS', positions, {
    default: '',
    description:
      'Positions, such as `17,3:204`, of events for which another producer claims a version that no Tributary has (`contract_newer` on `/ready` names them). They become dead letters instead of stopping the projector.',
  }),
  refill: variable('TRIBUTARY_REFILL_TABLES', flag, {
    default: 'true',
    description:
      'Fills tables that lack rows again from the log, beside the projectors. `false` leaves that to the command `rebuild`.',
  }),
  linger: variable('TRIBUTARY_BATCH_LINGER_MS', integer(0), {
    default: '1000',
    description:
      'Milliseconds for which a batch waits for more events; at least half the number of the partitions of the topic where those are more than ten (`linger_too_short`).',
  }),
  session: variable('KAFKA_SESSION_TIMEOUT_MS', integer(1_000), {
    default: '45000',
    description: 'Milliseconds without a heartbeat after which the partitions of a projector go to others.',
  }),
});

export type ProjectorConfig = ValueOf<typeof settings>;

/** Throws Fault `configuration` with every problem in one message. */
export const readConfig = (env: Environment): ProjectorConfig => readSettings(settings, env);
