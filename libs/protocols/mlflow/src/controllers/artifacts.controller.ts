import {
  All,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Optional,
  Put,
  Req,
  Res,
  UseFilters,
} from '@nestjs/common';
import { ARTIFACT_BYTES, INGEST_ENDPOINT, SERVED_LIMITS } from '@tributary/capture';
import type { IngestEndpoint, ServedLimits } from '@tributary/capture';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  artifactAt,
  childrenOf,
  childrenPage,
  isListed,
  pathsBelow,
  targetOf,
} from '../answers/artifacts.ts';
import type { ArtifactTarget } from '../answers/artifacts.ts';
import { modelArtifacts, modelOf } from '../answers/models.ts';
import { requireRun } from '../answers/require-active.ts';
import { run } from '../answers/runs.ts';
import { MlflowFault, MlflowFilter } from '../errors.ts';
import { recordArtifact, removeArtifacts } from '../facts/artifacts.ts';
import { trackerLog } from '../facts/register.ts';
import type { TrackerLog } from '../facts/register.ts';
import { creationOf, requireActive } from '../facts/tracker.ts';
import { addressSegments, filePathOf, segmentsOf } from '../requests/artifact-path.ts';
import { optionalString, requiredString, runIdOf } from '../requests/fields.ts';
import type { RequestFields } from '../requests/fields.ts';
import { pageOf } from '../requests/page.ts';
import { contentOf, sendArtifact } from './artifact-content.ts';
import { ARTIFACT_PREFIXES, BodyBytes, QueryString, under } from './request.ts';

/** Files of runs and models by the address that their `artifact_uri` stands for. */
@Controller(ARTIFACT_PREFIXES)
@UseFilters(MlflowFilter)
export class ArtifactsController {
  readonly #endpoint: IngestEndpoint;
  readonly #log: TrackerLog;
  readonly #limit: number;

  constructor(
    @Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint,
    @Optional() @Inject(SERVED_LIMITS) { artifactBytes = ARTIFACT_BYTES }: ServedLimits = {},
  ) {
    this.#endpoint = endpoint;
    this.#log = trackerLog(endpoint);
    this.#limit = artifactBytes;
  }

  /** Stores the content before the fact that names it. */
  @Put('artifacts/*')
  @HttpCode(200)
  async put(@Req() request: FastifyRequest, @BodyBytes() announced: number) {
    const { owner, segments } = await this.#writable(request);
    const path = filePathOf(segments);
    const content = contentOf(request.body, announced, this.#limit);
    const { sha256: digest, bytes } = await this.#endpoint.blobs.put(content);
    await recordArtifact(this.#log, { owner, path, digest, bytes }, () =>
      isListed(this.#endpoint, owner, { path, digest }),
    );
    return {};
  }

  @Get('artifacts')
  async list(@QueryString() query: RequestFields) {
    const segments = segmentsOf(optionalString(query, 'path') ?? '');
    return { files: await childrenOf(this.#endpoint, await targetOf(this.#endpoint, segments)) };
  }

  @Get('artifacts/*')
  async get(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const target = await targetOf(this.#endpoint, addressed(request));
    return sendArtifact(this.#endpoint.blobs, reply, await artifactAt(this.#endpoint, target));
  }

  /** Removes a file, or all files of a folder. */
  @Delete('artifacts/*')
  async delete(@Req() request: FastifyRequest) {
    const target = await this.#writable(request);
    for await (const paths of pathsBelow(this.#endpoint, target, REMOVED_AT_ONCE))
      await removeArtifacts(this.#log, target.owner, paths);
    return {};
  }

  /** Clients read the beginning of the message, and send the file in one request then. */
  @All('mpu/*')
  multipart(): never {
    throw new MlflowFault(
      'NOT_IMPLEMENTED',
      'Multipart upload is not supported for the current artifact repository: send the file in one request',
    );
  }

  @All('presigned/*')
  presigned(): never {
    throw new MlflowFault(
      'NOT_IMPLEMENTED',
      'Presigned download is not supported for the current artifact repository: read the file from this server',
    );
  }

  @All('*')
  unknown(): never {
    throw new MlflowFault('ENDPOINT_NOT_FOUND', 'this server has no such endpoint of the artifact API');
  }

  /** The target of a request that changes it. Throws MlflowFault where its run or model is deleted. */
  async #writable(request: FastifyRequest): Promise<ArtifactTarget> {
    const target = await targetOf(this.#endpoint, addressed(request));
    const { kind, id } = target.owner;
    if (kind === 'run') await requireRun(this.#endpoint, id);
    else {
      if (!(await creationOf(this.#log, { kind, id }))) await modelOf(this.#endpoint, id);
      await requireActive(this.#log, { kind, id });
    }
    return target;
  }
}

const REMOVED_AT_ONCE = 500;

const ADDRESS = '/mlflow-artifacts/artifacts/';

/** The segments of the path after the prefix, from the address as it was sent. */
function addressed({ url }: FastifyRequest): string[] {
  const path = url.split('?', 1)[0] ?? '';
  return addressSegments(path.slice(path.indexOf(ADDRESS) + ADDRESS.length));
}

/** Files by the id of their run or model. */
@Controller()
@UseFilters(MlflowFilter)
export class OwnedArtifactsController {
  readonly #endpoint: IngestEndpoint;

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
  }

  @Get(under('artifacts/list'))
  async list(@QueryString() query: RequestFields) {
    const { run_id: id, artifacts } = await run(this.#endpoint, runIdOf(query));
    const segments = segmentsOf(optionalString(query, 'path') ?? '');
    const target = { owner: { kind: 'run', id }, segments } as const;
    const { files, ...next } = await childrenPage(this.#endpoint, target, pageOf(query, 50_000, 50_000));
    return { root_uri: artifacts, files: files.map((file) => below(segments, file)), ...next };
  }

  /** The address that MLflow's own pages link to. */
  @Get(['get-artifact', ...under('get-artifact')])
  async get(@QueryString() query: RequestFields, @Res() reply: FastifyReply) {
    const { run_id: id } = await run(this.#endpoint, runIdOf(query));
    const segments = segmentsOf(requiredString(query, 'path'));
    const target = { owner: { kind: 'run', id }, segments } as const;
    return sendArtifact(this.#endpoint.blobs, reply, await artifactAt(this.#endpoint, target));
  }

  @Get(under('logged-models/:model/artifacts/directories'))
  async modelFiles(
    @Req() { params }: FastifyRequest<{ Params: { model: string } }>,
    @QueryString() query: RequestFields,
  ) {
    const model = await modelOf(this.#endpoint, params.model);
    const segments = segmentsOf(optionalString(query, 'artifact_directory_path') ?? '');
    const target = { owner: { kind: 'model', id: model.model_id }, segments } as const;
    const { files, ...next } = await childrenPage(this.#endpoint, target, pageOf(query, 50_000, 50_000));
    return { root_uri: modelArtifacts(model), files: files.map((file) => below(segments, file)), ...next };
  }
}

/** The path of a file from the root of its owner. */
const below = <File extends { readonly path: string }>(segments: readonly string[], file: File): File => ({
  ...file,
  path: [...segments, file.path].join('/'),
});
