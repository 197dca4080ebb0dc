export const SPINE = Symbol('SPINE');
export const EXPERIMENTS = Symbol('EXPERIMENTS');
export const ESTIMATORS = Symbol('ESTIMATORS');
