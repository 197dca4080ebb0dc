import { valueIn } from '@tributary/kernel';
import type { FactCatalogue } from './generated/catalogue.ts';
import { FACT_TRAITS } from './generated/traits.ts';
import * as compiled from './generated/validators.ts';
import { checkRelations } from './rules.ts';

export type FactType = keyof FactCatalogue;

/** A fact with the attributes of its envelope that projections use. */
export type Fact<Type extends FactType = FactType> = {
  readonly [T in Type]: {
    readonly id: string;
    readonly source: string;
    readonly type: T;
    readonly time?: string;
    readonly subject?: string;
    readonly dataschema?: string;
    /** SHA-256 of the file that the fact was read from; absent where its producer sent it. */
    readonly importedsha256?: string;
    /** The id and source of the event that it replaces, the reason, and the author of the correction. */
    readonly corrects?: string;
    readonly correctssource?: string;
    readonly correctionreason?: string;
    readonly actor?: string;
    /** Position of the event that it replaces, which the projector finds; absent where it is unknown. */
    readonly correctedPosition?: number;
    readonly data: FactCatalogue[T];
  };
}[Type];

/** Why a value violates its schema: an RFC 6901 pointer, the keyword or rule, and a message. */
export type SchemaViolation = { readonly pointer: string; readonly rule: string; readonly message: string };

type CompiledError = {
  instancePath: string;
  keyword: string;
  message?: string;
  params: Record<string, unknown>;
};
type Compiled = { (value: unknown): boolean; errors?: CompiledError[] | null };

const VALIDATORS: Readonly<Record<string, Compiled>> = compiled;

/** Whether a type is one of the catalogue; false for any other string, `constructor` included. */
export const isFactType = (type: string): type is FactType => Object.hasOwn(FACT_TRAITS, type);

/** Every fact type, sorted. */
export const factTypes: readonly FactType[] = Object.keys(FACT_TRAITS).filter(isFactType);

/** Whether a fact is telemetry, which is stored unchanged. Every other fact is stored in canonical form. */
export const isTelemetry = (type: FactType): boolean => FACT_TRAITS[type].telemetry;

/** `urn:tributary:schema:<type>:<major>.<minor>` of the newest version. */
export const schemaOf = (type: FactType): string => FACT_TRAITS[type].schema;

const STREAM_PARTS = new Map(
  factTypes.map((type) => {
    const [prefix = '', field = ''] = FACT_TRAITS[type].stream.slice(0, -1).split('{');
    return [type, { prefix, field }];
  }),
);

/** The stream that orders a fact, such as `run/<runId>`. The data must have passed its schema. */
export function streamOf(type: FactType, data: Readonly<Record<string, unknown>>): string {
  const parts = STREAM_PARTS.get(type);
  return parts ? `${parts.prefix}${String(valueIn(data, parts.field))}` : type;
}

/** The attributes of an event whose type and data are not checked yet. */
export type Envelope = {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time?: string;
  readonly subject?: string;
  readonly dataschema?: string;
  readonly corrects?: string;
  readonly correctssource?: string;
  /** Who corrects. */
  readonly actor?: string;
  /** Absent where the event refers to a blob instead. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly dataref?: string;
  readonly datadigest?: string;
  readonly datasize?: number;
};

const validateEnvelope = VALIDATORS['envelope'];

const isEnvelope = (event: unknown): event is Envelope => validateEnvelope?.(event) ?? false;

export type CheckedEnvelope =
  | { readonly ok: true; readonly envelope: Envelope }
  | { readonly ok: false; readonly violation: SchemaViolation };

/** The envelope of a parsed event, or its first violation. */
export const checkEnvelope = (event: unknown): CheckedEnvelope =>
  isEnvelope(event)
    ? { ok: true, envelope: event }
    : { ok: false, violation: violationOf(validateEnvelope, '') };

const FACT_VALIDATORS = new Map(factTypes.map((type) => [type, valueIn(VALIDATORS, validatorName(type))]));

/** The newest major version. */
export const majorOf = (type: FactType): number => FACT_TRAITS[type].major;

const MAJORS = new Map<FactType, readonly number[]>(
  factTypes.map((type) => [type, [...FACT_TRAITS[type].earlierMajors, FACT_TRAITS[type].major]]),
);

/** The major versions that can be read, oldest first. */
export const readableMajors = (type: FactType): readonly number[] => MAJORS.get(type) ?? [];

/** Whether a major version of the fact can be read. */
export const isReadable = (type: FactType, major: number): boolean => readableMajors(type).includes(major);

/** The major version in a `dataschema`; undefined where it belongs to another type. Without `dataschema` the newest. */
export function majorIn(type: FactType, dataschema: string | undefined): number | undefined {
  if (dataschema === undefined) return majorOf(type);
  const prefix = `urn:tributary:schema:${type}:`;
  const version = /^([1-9]\d{0,3})\.\d+$/.exec(dataschema.slice(prefix.length));
  return dataschema.startsWith(prefix) && version ? Number(version[1]) : undefined;
}

const isFactData = <Type extends FactType>(type: Type, data: unknown): data is FactCatalogue[Type] =>
  FACT_VALIDATORS.get(type)?.(data) ?? false;

/** The first violation of a fact's data in a major version, with a pointer from the event's root, or undefined. */
export function checkFact(type: FactType, data: unknown, major = majorOf(type)): SchemaViolation | undefined {
  if (major !== majorOf(type)) {
    const validate = valueIn(VALIDATORS, `${validatorName(type)}V${major}`);
    return validate?.(data) ? undefined : violationOf(validate, '/data');
  }
  return isFactData(type, data)
    ? checkRelations(type, data)
    : violationOf(FACT_VALIDATORS.get(type), '/data');
}

function validatorName(type: FactType): string {
  return type.replace(/\.(.)/g, (_match, initial: string) => initial.toUpperCase());
}

function violationOf(validate: Compiled | undefined, root: string): SchemaViolation {
  const error = validate?.errors?.[0];
  if (!error) return { pointer: root, rule: 'schema', message: 'breaks its schema' };
  return { pointer: root + pointerOf(error), rule: error.keyword, message: messageOf(error) };
}

/** The pointer to the property itself where a rule names a missing or additional one. */
function pointerOf(error: CompiledError): string {
  const name = error.params['missingProperty'] ?? error.params['additionalProperty'];
  if (typeof name !== 'string') return error.instancePath;
  return `${error.instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function messageOf(error: CompiledError): string {
  const allowed = error.params['allowedValues'];
  const rest = Array.isArray(allowed) ? `: ${allowed.join(', ')}` : '';
  return `${error.message ?? 'breaks its schema'}${rest}`;
}
