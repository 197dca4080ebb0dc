import type { Actor, IngestEndpoint, Replay } from '@tributary/capture';
import { EVENTS, replayEvents } from '@tributary/cloudevents';
import type { DeadLetter, DeadLetters } from '@tributary/dead-letters';
import { Fault } from '@tributary/kernel';
import { OPENLINEAGE, replayOpenLineage } from '@tributary/openlineage';
import { OTLP_METRICS, OTLP_TRACES, replayMetrics, replayTraces } from '@tributary/otlp';

/** What was refused of a topic is an event as HTTP accepts it. */
const KAFKA = 'kafka ';

const REPLAYS: ReadonlyMap<string, Replay> = new Map([
  [EVENTS, replayEvents],
  [OPENLINEAGE, replayOpenLineage],
  [OTLP_TRACES, replayTraces],
  [OTLP_METRICS, replayMetrics],
]);

/**
 * Sends the bytes of a dead letter, or fixed text in their place, through the protocol that refused them. Throws Fault
 * `dead_letter_not_replayable` where that protocol cannot be used from here.
 */
export function replay(
  endpoint: IngestEndpoint & { readonly deadLetters: DeadLetters },
  id: string,
  { actor, fixed, by: sender }: { actor: string; fixed?: string | undefined; by?: Actor | undefined },
): Promise<DeadLetter> {
  const by = { actor, fixed: fixed === undefined ? undefined : Buffer.from(fixed) };
  return endpoint.deadLetters.replay(id, by, async ({ deadLetter, bytes }) => {
    const send = REPLAYS.get(deadLetter.endpoint.startsWith(KAFKA) ? EVENTS : deadLetter.endpoint);
    const { contentType } = deadLetter;
    if (send) return send(endpoint, { contentType, bytes: Buffer.from(bytes), by: sender });
    throw new Fault(
      'dead_letter_not_replayable',
      `what ${deadLetter.endpoint} refused cannot be sent again from here; have its sender do it, then discard the dead letter`,
    );
  });
}
