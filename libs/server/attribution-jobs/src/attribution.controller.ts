import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sendProblem } from '@tributary/http';
import type { Attributor } from './attributor.ts';
import { decodeAnswer, encodeAnswer } from './wire.ts';

export const ATTRIBUTOR = Symbol('ATTRIBUTOR');

/** A position of the log: one number for each partition. */
const asOf = z.array(z.number().int().min(0)).min(1);
const names = z.array(z.string()).optional();
/** Any number, so that one out of range is refused by the answer and not by the transfer. */
const number = z.custom<number>((value) => typeof value === 'number', 'expected number').optional();
const by = z.object({ attribute: z.string(), atLeast: number }).optional();
const Experiments = z.object({
  asOf,
  origin: z.enum(['assigned', 'found']).optional(),
  page: z.object({ after: z.string().optional(), first: z.int().min(1) }).optional(),
});
const Attribute = z.object({
  asOf,
  asked: z.object({
    capabilities: names,
    slices: names,
    displacement: z.string().optional(),
    experiment: z.string().optional(),
    by,
    negativeControlOutcomes: names,
    recorded: z.object({ family: z.string().optional() }).optional(),
  }),
});
/** Any number, so that one that is not finite is refused by the answer and not by the transfer. */
const share = z.custom<number>((value) => typeof value === 'number', 'expected number');
const shares = z.array(z.object({ slice: z.string(), share }));
const Predict = z.object({
  asOf,
  experiment: z.string(),
  mixtures: z.array(z.object({ key: z.string(), shares })),
  by,
  model: z.string().optional(),
});

const Design = z.object({
  asOf,
  asked: z.object({
    capability: z.string(),
    slice: z.string(),
    displacement: z.string().optional(),
    experiment: z.string().optional(),
    level: number,
    effect: number,
    runs: number,
    power: number,
  }),
});

const outcome = z.object({
  capability: z.string(),
  benchmark: z.string().optional(),
  metric: z.string().optional(),
});
const scale = z.object({ parameters: share, tokens: number });
const Rank = z.object({
  asOf,
  asked: z.object({ outcome, proxy: outcome.optional(), small: scale, target: scale }),
});

/** Answers the questions of the api as JSON. */
@Controller('v1')
export class AttributionController {
  readonly #attributor: Attributor;

  constructor(@Inject(ATTRIBUTOR) attributor: Attributor) {
    this.#attributor = attributor;
  }

  @Post('experiments')
  experiments(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return answer(request, reply, Experiments, (asked) =>
      this.#attributor.experiments(asked.asOf, asked.origin, asked.page),
    );
  }

  @Post('attribute')
  attribute(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return answer(request, reply, Attribute, ({ asked, asOf: position }) =>
      this.#attributor.attribute(asked, position),
    );
  }

  @Post('predict')
  predict(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return answer(request, reply, Predict, ({ experiment, mixtures, asOf: position, ...options }) =>
      this.#attributor.predict(experiment, mixtures, position, options),
    );
  }

  @Post('design')
  design(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return answer(request, reply, Design, ({ asked, asOf: position }) =>
      this.#attributor.design(asked, position),
    );
  }

  @Post('rank')
  rank(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return answer(request, reply, Rank, ({ asked, asOf: position }) =>
      this.#attributor.rank(asked, position),
    );
  }
}

async function answer<Shape extends z.ZodType>(
  { body }: FastifyRequest,
  reply: FastifyReply,
  shape: Shape,
  ask: (question: z.infer<Shape>) => Promise<unknown>,
): Promise<FastifyReply> {
  const parsed = shape.safeParse(decodeAnswer(JSON.stringify(body ?? null)));
  if (!parsed.success)
    return sendProblem(reply, {
      status: 422,
      title: 'invalid question',
      detail: z.prettifyError(parsed.error),
    });
  return reply.header('content-type', 'application/json').send(encodeAnswer(await ask(parsed.data)));
}
