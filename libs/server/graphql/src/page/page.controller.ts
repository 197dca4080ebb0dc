import { Controller, Get, Inject, NotFoundException, Req, Res } from '@nestjs/common';
import { sendPage, wantsPage } from '@tributary/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { buildSchema } from 'graphql';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';
import { schemaText } from '../schema-text.ts';
import { explorePage } from './explore-page.ts';
import type { NamedQuestion } from './explore-page.ts';
import { homePage } from './home-page.ts';
import { namedQuestions } from './named-questions.ts';
import { overviewOf } from './overview.ts';

type Asking = FastifyRequest<{ Querystring: Readonly<Record<string, unknown>> }>;

/** Pages for browsers. Programs that ask for no page are told that nothing is there. */
@Controller()
export class PageController {
  readonly #runtime: Runtime;
  #questions: readonly NamedQuestion[] | undefined;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Get('/')
  async home(@Req() request: Asking, @Res() reply: FastifyReply) {
    requirePage(request);
    const { run, project } = request.query;
    const asked = { run: textOf(run), project: textOf(project) };
    return sendPage(reply, homePage(await overviewOf(this.#runtime, asked), asked));
  }

  @Get('explore')
  explore(@Req() request: Asking, @Res() reply: FastifyReply) {
    requirePage(request);
    this.#questions ??= namedQuestions(buildSchema(schemaText(), { assumeValid: true }));
    return sendPage(reply, explorePage(this.#questions));
  }
}

function requirePage({ headers, url }: FastifyRequest): void {
  if (!wantsPage(headers)) throw new NotFoundException(`Cannot GET ${url}`);
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.isWellFormed() && !value.includes('\0')
    ? value
    : undefined;
