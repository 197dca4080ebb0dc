import { Fault } from '@tributary/kernel';

export type MlflowCode =
  | 'INVALID_PARAMETER_VALUE'
  | 'RESOURCE_DOES_NOT_EXIST'
  | 'RESOURCE_ALREADY_EXISTS'
  | 'ENDPOINT_NOT_FOUND'
  | 'RESOURCE_CONFLICT'
  | 'REQUEST_LIMIT_EXCEEDED'
  | 'TEMPORARILY_UNAVAILABLE'
  | 'INTERNAL_ERROR';

/** A refusal in the tracker's own words; the edge turns its code into the status that its clients expect. */
export class MlflowFault extends Fault<MlflowCode> {}

export const invalid = (message: string): MlflowFault => new MlflowFault('INVALID_PARAMETER_VALUE', message);

export const absent = (what: string): MlflowFault =>
  new MlflowFault('RESOURCE_DOES_NOT_EXIST', `${what} does not exist`);
