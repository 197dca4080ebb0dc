import { CONTENT_CEILINGS, CONTENT_LIMITS, CONTENT_VARIABLES } from '@tributary/capture';
import type { ContentLimits } from '@tributary/capture';
import { integer } from './integer.ts';
import { variable } from './setting.ts';

const CEILINGS = new Map<string, number>(Object.entries(CONTENT_CEILINGS));

function contentLimit(limit: keyof ContentLimits, description: string) {
  const most = CEILINGS.get(limit) ?? Infinity;
  return variable(CONTENT_VARIABLES[limit], integer(1).max(most), {
    default: String(CONTENT_LIMITS[limit]),
    description,
  });
}

/** How large a body may be, and a fact in it. */
export const contents = {
  wireBytes: contentLimit(
    'wireBytes',
    'Bytes of a request body on the wire. Bodies of OpenLineage and files of runs have limits of their own.',
  ),
  bodyBytes: contentLimit(
    'bodyBytes',
    'Bytes of a request body after inflating. Keep it below `TRIBUTARY_BYTES_IN_FLIGHT`.',
  ),
  inflationRatio: contentLimit(
    'inflationRatio',
    'Bytes after inflating for each byte of gzip of a body. Deflate reaches 1,032.',
  ),
  lineageWireBytes: contentLimit('lineageWireBytes', 'Bytes of gzip of an OpenLineage request.'),
  lineageBodyBytes: contentLimit('lineageBodyBytes', 'Bytes of an OpenLineage request without compression.'),
  batchEvents: contentLimit('batchEvents', 'Events in one request, of OpenLineage too.'),
  eventBytes: contentLimit('eventBytes', 'Bytes of one event, with its data in a blob or not.'),
  telemetryBytes: contentLimit('telemetryBytes', 'Bytes of one event of telemetry, which stays in the log.'),
  eventDepth: contentLimit(
    'eventDepth',
    'Levels of arrays and objects in each other, the event itself included; what is deeper than 32 has no canonical form.',
  ),
  eventKeys: contentLimit('eventKeys', 'Members of one object of an event.'),
};
