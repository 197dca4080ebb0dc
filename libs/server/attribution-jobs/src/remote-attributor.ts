import { currentSignal, Fault } from '@tributary/kernel';
import type { LogPosition } from '@tributary/kernel';
import { z } from 'zod';
import type {
  EffectsAnswer,
  Attributor,
  ExperimentList,
  PredictionAnswer,
  JobRefusal,
} from './attributor.ts';
import type { MeasuredSlices } from './by-attribute/measured-slices.ts';
import type { DesignAnswer } from './design.ts';
import { decodeAnswer, encodeAnswer } from './wire.ts';

/** The limit of the service ends first, and its answer says why. */
const GRACE_MILLIS = 5_000;

export type AttributionService = {
  readonly url: string;
  /** Milliseconds that it may take for an estimate. */
  readonly millis: number;
  /** The API key that it takes; absent where it takes none. */
  readonly apiKey?: string | undefined;
};

/**
 * Asks the attribution service. Throws Fault `attribution_unreachable`, which is
 * retryable, where it does not answer, `busy`, retryable, where it has too much to do, `attribution_failed`, retryable for
 * status 500 and above, where it answers with an error, and `attribution_older`, retryable, where it is of a version that
 * cannot answer by an attribute, give a surface as a model, or list a page of experiments.
 */
export function remoteAttributor({ url, millis, apiKey }: AttributionService): Attributor {
  const ask = <Answer>(path: string, body: object): Promise<Answer> =>
    post<Answer>(`${url.replace(/\/+$/, '')}/v1/${path}`, body, { millis: millis + GRACE_MILLIS, apiKey });
  return {
    experiments: async (asOf: LogPosition, origin, page) => {
      const list = await ask<ExperimentList>('experiments', { asOf, origin, page });
      if (!('start' in list)) throw older(url, 'lists no experiments by the page');
      return list;
    },
    attribute: async (asked, asOf) =>
      counted(url, asked.by, await ask<EffectsAnswer | JobRefusal>('attribute', { asked, asOf })),
    predict: async (experiment, mixtures, asOf, options = {}) => {
      const asked = { experiment, mixtures, asOf, ...options };
      const answer = await ask<PredictionAnswer | JobRefusal>('predict', asked);
      if (options.model !== undefined && answer.ok && !answer.model)
        throw older(url, 'gives no surface as a model');
      return counted(url, options.by, answer);
    },
    design: (asked, asOf) => ask<DesignAnswer | JobRefusal>('design', { asked, asOf }),
  };
}

/** A service of a version before answers over recorded slices whatever is asked: that is no answer by an attribute. */
function counted<Answer extends { readonly ok: true; readonly counting?: unknown } | JobRefusal>(
  url: string,
  by: MeasuredSlices | undefined,
  answer: Answer,
): Answer {
  if (!by || !answer.ok || answer.counting) return answer;
  throw older(url, 'knows no slices by attribute');
}

const older = (url: string, lack: string): Fault =>
  new Fault('attribution_older', `the attribution service at ${url} is older and ${lack}; replace it first`, {
    retryable: true,
  });

async function post<Answer>(
  url: string,
  body: object,
  { millis, apiKey }: Omit<AttributionService, 'url'>,
): Promise<Answer> {
  let response: Response;
  let text: string;
  const left = currentSignal();
  const late = AbortSignal.timeout(millis);
  try {
    const credential = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    const headers = { 'content-type': 'application/json', ...credential };
    response = await fetch(url, {
      method: 'POST',
      headers,
      body: encodeAnswer(body),
      /* The service ends what it computes for a connection that is closed. */
      signal: left ? AbortSignal.any([late, left]) : late,
    });
    text = await response.text();
  } catch (cause) {
    left?.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Fault(
      'attribution_unreachable',
      `the attribution service at ${url} does not answer: ${reason}`,
      {
        cause,
        retryable: true,
      },
    );
  }
  if (response.ok) return answerIn<Answer>(url, text);
  const refusal = Refusal.safeParse(jsonOf(text));
  if (refusal.success) throw refusalOf(refusal.data, response.status >= 500);
  throw new Fault(
    'attribution_failed',
    `the attribution service answered ${response.status}: ${text.slice(0, 500)}`,
    { retryable: response.status >= 500 },
  );
}

/** What the service may refuse for what is asked, in words for who asks. */
const Refusal = z.object({
  code: z.enum([
    'busy',
    'engine_busy',
    'estimate_memory',
    'estimate_overdue',
    'query_memory',
    'query_overdue',
    'question_overdue',
  ]),
  detail: z.string(),
  limit: z.unknown(),
  value: z.unknown(),
  key: z.unknown(),
});
const Met = z.object({ limit: z.string(), value: z.number(), key: z.string() });

function refusalOf({ code, detail, ...met }: z.infer<typeof Refusal>, retryable: boolean): Fault {
  const known = Met.safeParse(met);
  return new Fault(code, detail, { retryable, ...(known.success && { met: known.data }) });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function answerIn<Answer>(url: string, text: string): Answer {
  try {
    return decodeAnswer<Answer>(text);
  } catch (cause) {
    throw new Fault(
      'attribution_failed',
      `the answer of ${url} is not one of an attribution service: ${text.slice(0, 200)}`,
      { cause },
    );
  }
}
