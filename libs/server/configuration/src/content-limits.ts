import { CONTENT_CEILINGS, CONTENT_LIMITS, CONTENT_VARIABLES, LIMIT_KEYS } from '@tributary/capture';
import type { ContentLimits, RequestLimits } from '@tributary/capture';
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
    'Bytes of a request body on the wire, not more than `TRIBUTARY_BODY_BYTES`. Bodies of OpenLineage and files of runs have limits of their own.',
  ),
  bodyBytes: contentLimit(
    'bodyBytes',
    'Bytes of a request body after inflating, not more than `TRIBUTARY_BYTES_IN_FLIGHT`.',
  ),
  inflationRatio: contentLimit(
    'inflationRatio',
    'Bytes after inflating for each byte of gzip of a body. Deflate reaches 1,032.',
  ),
  lineageWireBytes: contentLimit('lineageWireBytes', 'Bytes of gzip of an OpenLineage request.'),
  lineageBodyBytes: contentLimit('lineageBodyBytes', 'Bytes of an OpenLineage request without compression.'),
  blobBytes: contentLimit(
    'blobBytes',
    'Bytes of one file that is stored by its digest (`PUT /v1/blobs`), as an import stores those that it reads.',
  ),
  batchEvents: contentLimit('batchEvents', 'Events in one request, of OpenLineage too.'),
  eventBytes: contentLimit('eventBytes', 'Bytes of one event, with its data in a blob or not.'),
  telemetryBytes: contentLimit('telemetryBytes', 'Bytes of one event of telemetry, which stays in the log.'),
  eventDepth: contentLimit(
    'eventDepth',
    'Levels of arrays and objects in each other, of an event or of the body of any other request in JSON; what is deeper than 32 has no canonical form.',
  ),
  eventKeys: contentLimit(
    'eventKeys',
    'Members of one object of an event, or of the body of any other request in JSON.',
  ),
};

type BodySizes = Pick<RequestLimits, 'wireBytes' | 'bodyBytes' | 'bytesInFlight'>;

/** Sizes of bodies that contradict each other: the one would admit what the other always refuses. */
export function contradictions({ wireBytes, bodyBytes, bytesInFlight }: BodySizes): string[] {
  const sizes = [
    [LIMIT_KEYS.wireBytes, wireBytes],
    [LIMIT_KEYS.bodyBytes, bodyBytes],
    [LIMIT_KEYS.bytesInFlight, bytesInFlight],
  ] as const;
  return sizes.slice(1).flatMap(([above, most], at) => {
    const [below, bytes] = sizes[at] ?? sizes[0];
    if (bytes <= most) return [];
    return [
      `${below}: its ${bytes} bytes are more than the ${most} of ${above}, and a body has to keep both; set ${below} to ${most} or less, or ${above} to ${bytes} or more`,
    ];
  });
}
