/** The question can't be asked as it stands; `text` says what would make it askable. */
export type Refusal<Code extends string = string> = { readonly refusal: Code; readonly text: string };

export const refused = (value: object): value is Refusal => 'refusal' in value;
