export const SPINE = Symbol('SPINE');
export const ATTRIBUTOR = Symbol('ATTRIBUTOR');
