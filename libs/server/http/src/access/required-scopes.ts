import type { Scope } from '@tributary/capture';

/** What a route asks of its caller: nothing, a known name, or one of these scopes. */
export type Required = 'nothing' | 'a name' | readonly Scope[];

type Rule = readonly [route: RegExp, methods: RegExp, required: Required];

/** Searches that MLflow's clients send as POST. */
const TRACKER_SEARCH =
  /^\/(?:ajax-)?api\/2\.0\/mlflow\/(?:experiments|runs|logged-models|registered-models)\/(?:search(?:-datasets)?|get-latest-versions)$/;
const TRACKER = /^\/(?:get-artifact$|(?:ajax-)?api\/2\.0\/mlflow(?:-artifacts)?\/)/;
const ANY = /^/;
const READS = /^(?:GET|HEAD)$/;
const WRITES = /^(?:POST|PUT|PATCH|DELETE)$/;

/** The first rule of a route and method counts. */
const RULES: readonly Rule[] = [
  [/^\/(?:health|ready)$/, READS, 'nothing'],
  [/^\/metrics$/, READS, ['read']],
  /* Programs are told that nothing is there; for browsers see `guardAccess`. */
  [/^\/(?:explore)?$/, READS, 'a name'],
  /* The operations of a document are judged when it has been parsed. */
  [/^\/graphql$/, ANY, 'a name'],
  [/^\/v1\/limits$/, READS, 'a name'],
  [/^\/v1\/events$/, /^OPTIONS$/, 'a name'],
  [/^\/v1\/events$/, WRITES, ['write']],
  /* Who imports a file asks whether it is stored already. */
  [/^\/v1\/blobs\/:sha256$/, /^HEAD$/, ['read', 'write']],
  [/^\/v1\/blobs\/:sha256$/, READS, ['read']],
  [/^\/v1\/blobs\/:sha256$/, WRITES, ['write']],
  [/^\/v1\/(?:traces|metrics|logs)$/, WRITES, ['write']],
  [/^\/api\/v1\/lineage(?:\/batch)?$/, WRITES, ['write']],
  /* The questions of the api to the attribution service. */
  [/^\/v1\/(?:experiments|attribute|predict|design|rank)$/, WRITES, ['read']],
  /* Nothing of MLflow's is there. */
  [/^\/(?:ajax-)?api\/[23]\.0\/mlflow(?:-artifacts)?\/(?:(?:traces|mpu|presigned)\/)?\*$/, ANY, 'a name'],
  [/^\/(?:ajax-)?api\/[23]\.0\/mlflow\/traces$/, ANY, 'a name'],
  [TRACKER_SEARCH, WRITES, ['read']],
  [TRACKER, READS, ['read']],
  [TRACKER, WRITES, ['write']],
  /* What a process answers to everything while it waits for what it needs. */
  [/^\/?\*$/, ANY, 'a name'],
];

/**
 * What a route asks, by its pattern: paths have many spellings. A path without a route is unknown, which a caller with a
 * name is told. Undefined where there is no rule: then nobody may use the route.
 */
export const requiredOf = (method: string, route: string | undefined): Required | undefined =>
  route === undefined
    ? 'a name'
    : RULES.find(([routes, methods]) => methods.test(method) && routes.test(route))?.[2];
