import type { Blobs } from '@tributary/blobs';
import { admitRecord, recordOf } from '@tributary/capture';
import type { AdmittedRecord, RefusedRecord } from '@tributary/capture';
import type { ReadRecord, RecordFormat } from '@tributary/event-log';

/** How facts lie in the events topic: CloudEvents, whoever wrote them. Long data of others go where ours lie. */
export function eventFormat(blobs: Pick<Blobs, 'put' | 'read'>): RecordFormat<RefusedRecord> {
  const kept = async ({ event, content }: AdmittedRecord): Promise<ReadRecord<RefusedRecord>> => {
    if (content) await blobs.put(content);
    return read({ event });
  };
  return {
    write: recordOf,
    read(record) {
      const judged = admitRecord(record);
      if (judged.ok) return judged.content ? kept(judged) : read(judged);
      if (judged.wants === undefined) return { ok: false, refusal: judged };
      return blobs.read(judged.wants).then((content) => {
        const again = content ? admitRecord(record, Buffer.from(content)) : judged;
        return again.ok ? kept(again) : { ok: false, refusal: again };
      });
    },
  };
}

function read({ event }: Pick<AdmittedRecord, 'event'>): ReadRecord<RefusedRecord> {
  const { recordTime = 0 } = event;
  return { ok: true, event: { ...event, recordTime } };
}
