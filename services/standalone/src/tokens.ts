export const SPINE = Symbol('SPINE');
export const ESTIMATORS = Symbol('ESTIMATORS');
