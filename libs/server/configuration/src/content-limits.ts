import { CONTENT_CEILINGS, CONTENT_LIMITS, CONTENT_VARIABLES, LIMIT_KEYS } from '@tributary/capture';
import type { ContentLimits, RequestLimits } from '@tributary/capture';
import { integer } from './integer.ts';
import { variable } from './setting.ts';

const CEILINGS = new Map<string, number>(Object.entries(CONTENT_CEILINGS));

function contentLimit(limit: keyof ContentLimits, description: string, least = 1) {
  const most = CEILINGS.get(limit) ?? Infinity;
  return variable(CONTENT_VARIABLES[limit], integer(least).max(most), {
    default: String(CONTENT_LIMITS[limit]),
    description,
  });
}

/** How large a body may be, and a fact in it. */
export const contents = {
  wireBytes: contentLimit(
    'wireBytes',
    'Bytes of a request body on the wire, not more than `TRIBUTARY_BYTES_IN_FLIGHT`. Bodies of OpenLineage and files of runs have limits of their own.',
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
    'Levels of arrays and objects in each other, of an event, of OpenLineage too; what is deeper than 32 has no canonical form. The body of any other request in JSON has `TRIBUTARY_JSON_DEPTH`.',
  ),
  eventKeys: contentLimit(
    'eventKeys',
    'Members of one object of an event, or of the body of any other request in JSON (`too_many_keys` there).',
  ),
  jsonDepth: contentLimit(
    'jsonDepth',
    'Levels of arrays and objects in each other, of the JSON of a request that is no event: MLflow, OTLP, GraphQL. 16 to 1,024: OTLP itself takes ten.',
    16,
  ),
};

/** How far a file of gzip that a command imports may inflate. */
export const importInflationRatio = (name: string, standard: string) =>
  variable(name, integer(1).max(1_000_000), {
    default: standard,
    description: 'Bytes that an imported file of gzip may hold for each of its own, beyond 64 MiB or 4 GiB.',
  });

type BodySizes = Pick<RequestLimits, 'wireBytes' | 'bodyBytes' | 'bytesInFlight'>;

/**
 * Sizes of bodies that are more than the process holds of all: a body of that size would always be refused. One that is not
 * packed may have more bytes on the wire than others after inflating, so those two are not compared.
 */
export function contradictions({ bytesInFlight, ...sizes }: BodySizes): string[] {
  const most = LIMIT_KEYS.bytesInFlight;
  return (['wireBytes', 'bodyBytes'] as const).flatMap((limit) => {
    const [key, bytes] = [LIMIT_KEYS[limit], sizes[limit]];
    if (bytes <= bytesInFlight) return [];
    return [
      `${key}: its ${bytes} bytes are more than the ${bytesInFlight} of ${most}, so no body could have as many; set ${key} to ${bytesInFlight} or less, or ${most} to ${bytes} or more`,
    ];
  });
}
