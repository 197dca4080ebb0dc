import type { NewEvent, RecordFormat } from '@tributary/event-log';

/** Attributes in headers and the bytes unchanged, so that events may have bytes of every kind. */
export const plainFormat: RecordFormat = {
  write: ({ source, id, type, stream, bytes }, { recordTime }) => ({
    key: Buffer.from(stream),
    value: bytes,
    headers: Object.entries({ source, id, type, time: String(recordTime) }).map(([name, text]) => [
      name,
      Buffer.from(text),
    ]),
  }),
  read: ({ key, value, headers }) => {
    const text = (name: string) => {
      const found = headers.find(([other]) => other === name);
      return found && Buffer.from(found[1]).toString();
    };
    const [source, id, type, time] = ['source', 'id', 'type', 'time'].map(text);
    if (source === undefined || id === undefined || type === undefined || !key || !value)
      return { ok: false, refusal: 'no event' };
    const event: NewEvent = { source, id, type, stream: Buffer.from(key).toString(), bytes: value };
    return { ok: true, event: { ...event, recordTime: Number(time) } };
  },
};
