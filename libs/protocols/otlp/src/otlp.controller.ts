import { Controller, Inject, Logger, Post, Req, Res } from '@nestjs/common';
import {
  INGEST_ENDPOINT,
  park,
  readBody,
  REQUEST_LIMITS,
  serverFaultText,
  setMetLimit,
} from '@tributary/capture';
import type { IngestEndpoint } from '@tributary/capture';
import { storedOf } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordsOfBytes, recordsOfJson } from './decoding/logs.ts';
import { decoded } from './facts/read-exports.ts';
import { isRefusal, OTLP_METRICS, OTLP_TRACES, recordMetrics, recordTraces } from './facts/record.ts';
import type { Exported } from './facts/record.ts';
import { answer, refusalOf, refuse, RESOURCE_EXHAUSTED, typeOf, UNAVAILABLE } from './wire.ts';
import type { Refused } from './wire.ts';

type Signal = {
  /** The field that counts what was rejected, in JSON. */
  readonly count: string;
  /** The name under which dead letters are kept. Without a name none are kept. */
  readonly endpoint?: string;
  readonly ignored: string;
  readonly refused: string;
  readonly record: (body: Buffer) => Promise<Exported> | Exported;
};

/** OTLP over HTTP, in protobuf or JSON. Exporters drop what is refused, so it is kept as dead letters. */
@Controller('v1')
export class OtlpController {
  readonly #endpoint: IngestEndpoint;
  readonly #logger = new Logger('otlp');

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
  }

  @Post('traces')
  traces(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#take(request, reply, {
      count: 'rejectedSpans',
      endpoint: OTLP_TRACES,
      ignored: 'spans that say nothing of a training run were ignored',
      refused: 'steps were recorded before with other values; the first record stands',
      record: (body) => recordTraces(this.#endpoint, body),
    });
  }

  @Post('metrics')
  metrics(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#take(request, reply, {
      count: 'rejectedDataPoints',
      endpoint: OTLP_METRICS,
      ignored: 'data points of no known run were ignored',
      refused: 'data points have no name or one that is too long',
      record: (body) => recordMetrics(this.#endpoint, body),
    });
  }

  @Post('logs')
  logs(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#take(request, reply, {
      count: 'rejectedLogRecords',
      ignored: 'log records were ignored',
      refused: '',
      record: (body) => {
        const { limits = REQUEST_LIMITS } = this.#endpoint;
        const decoding = { ofBytes: recordsOfBytes, ofJson: recordsOfJson, limits };
        return { ignored: decoded(body, decoding), rejected: 0, refused: [] };
      },
    });
  }

  async #take(request: FastifyRequest, reply: FastifyReply, signal: Signal): Promise<FastifyReply> {
    const type = typeOf(request);
    const read = await readBody(request, this.#endpoint.limits);
    if (!read.ok) return refuse(reply, type, refusalOf(read.problem));
    if (!type) return refuse(reply, type, UNKNOWN_TYPE);
    try {
      const { ignored, rejected, refused } = await signal.record(read.body);
      if (signal.endpoint !== undefined)
        await park(this.#endpoint, { endpoint: signal.endpoint, contentType: 'application/json' }, refused);
      const message = joined(
        ignored > 0 ? `${ignored} ${signal.ignored}` : '',
        keptText(rejected, signal.refused),
      );
      return answer(reply, type, { count: signal.count, rejected, message });
    } catch (error) {
      return this.#fail(error, { reply, type, signal, body: read.body });
    }
  }

  /** Bytes that cannot be decoded, or that exceed a limit whenever they are sent, are kept unchanged. */
  async #fail(error: unknown, { reply, type, signal, body }: Failed): Promise<FastifyReply> {
    const { endpoint } = signal;
    if (!isRefusal(error) && !isBeyondLimit(error)) return this.#later(error, reply, type);
    const { code, met } = error;
    const message = met ? serverFaultText(error) : error.message;
    try {
      if (endpoint !== undefined && body.length > 0)
        await park(this.#endpoint, { endpoint, contentType: type }, [
          { index: 0, bytes: body, code, message, pointer: '' },
        ]);
    } catch (fault) {
      return this.#later(fault, reply, type);
    }
    if (met) return refuse(reply, type, beyondLimit(error, endpoint !== undefined));
    const detail = joined(message, storedText(error));
    return refuse(reply, type, refusalOf({ status: 400, title: code, detail }));
  }

  /** Exporters repeat what is answered with 503 and drop what is answered with 507, so a full disk is a 503 to them. */
  #later(fault: unknown, reply: FastifyReply, type: string): FastifyReply {
    if (fault instanceof Fault) setMetLimit(reply.request.raw, fault.met?.limit);
    if (fault instanceof Fault && NO_ROOM.has(fault.code))
      return refuse(reply, type, { status: 503, code: RESOURCE_EXHAUSTED, message: laterText(fault) });
    if (fault instanceof Fault && LATER_CODES.has(fault.code))
      return refuse(reply, type, { ...LATER, message: laterText(fault) });
    if (fault instanceof Fault && fault.code === 'blob_removed')
      return refuse(reply, type, refusalOf({ status: 410, title: fault.code, detail: laterText(fault) }));
    this.#logger.error(fault);
    const stored = storedText(fault);
    if (fault instanceof Fault && fault.met)
      return refuse(reply, type, { ...LATER, message: joined(serverFaultText(fault), stored, AGAIN) });
    return refuse(reply, type, stored === '' ? LATER : { ...LATER, message: joined(FAILED, stored, AGAIN) });
  }
}

/** A fault by a limit that the same export meets again. */
const isBeyondLimit = (error: unknown): error is Fault =>
  error instanceof Fault && error.met !== undefined && !error.retryable;

const beyondLimit = (fault: Fault, isKept: boolean): Refused =>
  refusalOf({
    status: 422,
    title: fault.code,
    detail: joined(serverFaultText(fault), storedText(fault), isKept ? KEPT : ''),
    limit: fault.met?.limit,
  });

type Failed = {
  readonly reply: FastifyReply;
  readonly type: string;
  readonly signal: Signal;
  readonly body: Buffer;
};

const UNKNOWN_TYPE = refusalOf({
  status: 415,
  title: 'unknown media type',
  detail: 'send application/x-protobuf or application/json',
});

const FAILED = 'the export could not be recorded as a whole';
const KEPT = 'the export is kept as a dead letter: replay it once the limit is higher';
const AGAIN = 'send it again: nothing is recorded twice';

const LATER = {
  status: 503,
  code: UNAVAILABLE,
  message: `the export could not be recorded, and it is unknown whether a part of it is; ${AGAIN}`,
};

const laterText = (fault: Fault): string => joined(serverFaultText(fault), storedText(fault));

/** Most positions that a message lists. */
const MAX_POSITIONS = 20;

/** What of an export is in the log all the same, by its positions, because the ids of its facts are none of its sender's. */
function storedText(fault: unknown): string {
  const positions = storedOf(fault).map(({ position }) => position);
  if (positions.length === 0) return '';
  const more = positions.length > MAX_POSITIONS ? ` and ${positions.length - MAX_POSITIONS} more` : '';
  return `its facts in the log are at ${positions.slice(0, MAX_POSITIONS).join(', ')}${more}`;
}

const joined = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join('; ');

/** Faults before anything more of an export was written, whose text says when to send it again. */
const LATER_CODES: ReadonlySet<string> = new Set(['tables_short', 'tables_behind', 'busy', 'client_left']);

const NO_ROOM: ReadonlySet<string> = new Set(['disk_low', 'disk_full']);

const keptText = (count: number, why: string): string =>
  count > 0 ? `${count} ${why}; kept as dead letters` : '';
