import { CONTENT_LIMITS, CONTENT_VARIABLES } from '@tributary/capture';
import type { ContentLimits } from '@tributary/capture';
import { integer } from './integer.ts';
import { variable } from './setting.ts';

/** What a fact may be is bounded by its canonical form. */
const DEEPEST = 32;

const contentLimit = (limit: keyof ContentLimits, shape: ReturnType<typeof integer>, description: string) =>
  variable(CONTENT_VARIABLES[limit], shape, { default: String(CONTENT_LIMITS[limit]), description });

/** How large a body may be, and a fact in it. */
export const contents = {
  wireBytes: contentLimit(
    'wireBytes',
    integer(1),
    'Bytes of a request body on the wire. Bodies of OpenLineage and files of runs have limits of their own.',
  ),
  bodyBytes: contentLimit(
    'bodyBytes',
    integer(1),
    'Bytes of a request body after inflating. Keep it below `TRIBUTARY_BYTES_IN_FLIGHT`.',
  ),
  inflationRatio: contentLimit(
    'inflationRatio',
    integer(1),
    'Bytes after inflating for each byte of gzip of a body. Deflate reaches 1,032.',
  ),
  lineageWireBytes: contentLimit('lineageWireBytes', integer(1), 'Bytes of gzip of an OpenLineage request.'),
  lineageBodyBytes: contentLimit(
    'lineageBodyBytes',
    integer(1),
    'Bytes of an OpenLineage request without compression.',
  ),
  batchEvents: contentLimit('batchEvents', integer(1), 'Events in one request, of OpenLineage too.'),
  eventBytes: contentLimit(
    'eventBytes',
    integer(1).max(64 * 1024 * 1024),
    'Bytes of one event, with its data in a blob or not.',
  ),
  telemetryBytes: contentLimit(
    'telemetryBytes',
    integer(1).max(8 * 1024 * 1024),
    'Bytes of one event of telemetry, which stays in the log.',
  ),
  eventDepth: contentLimit(
    'eventDepth',
    integer(1).max(DEEPEST),
    'Levels of arrays and objects in each other, the event itself included; what is deeper than 32 has no canonical form.',
  ),
  eventKeys: contentLimit('eventKeys', integer(1), 'Members of one object of an event.'),
};
