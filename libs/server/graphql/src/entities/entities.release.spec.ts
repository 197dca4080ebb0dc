import { describeEntities } from './entities.suite.ts';

describeEntities({ rounds: 10, seed: 11, whole: true });
