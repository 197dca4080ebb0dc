import type { FactCatalogue, FactType } from '@tributary/contracts';
import { streamOf } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';

/** A fact as capture hands it to the log. */
export function anEvent<Type extends FactType>(type: Type, id: string, data: FactCatalogue[Type]): NewEvent {
  const event = { specversion: '1.0', id, source: 'urn:test', type, data };
  return {
    source: event.source,
    id,
    type,
    stream: streamOf(type, { ...data }),
    bytes: Buffer.from(JSON.stringify(event)),
  };
}
