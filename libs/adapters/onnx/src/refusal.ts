/** Why a model or a batch was refused. */
export type OnnxRefusal =
  | 'model_digest'
  | 'model_unreadable'
  | 'model_external_data'
  | 'model_operator'
  | 'model_too_large'
  | 'input_shape'
  | 'run_failed'
  | 'worker_died'
  | 'worker_timeout'
  | 'cancelled'
  | 'closed';

export type Refused = { readonly ok: false; readonly refusal: OnnxRefusal; readonly text: string };

export const refused = (refusal: OnnxRefusal, text: string): Refused => ({ ok: false, refusal, text });
