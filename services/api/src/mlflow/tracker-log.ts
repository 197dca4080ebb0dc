import { appendFacts } from '@tributary/capture';
import type { TrackerLog } from '@tributary/capture';
import type { Runtime as Spine } from '@tributary/graphql';

/** The log as the tracker writes to it: long facts, such as the profile of a dataset, keep their data in blobs. */
export const trackerLog = ({ log, blobs }: Spine): TrackerLog => ({
  find: (source, id) => log.find(source, id),
  append: (events, options) => appendFacts({ log, blobs }, events, options),
});
