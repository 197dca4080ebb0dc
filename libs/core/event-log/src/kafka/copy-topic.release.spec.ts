import { copyLaw } from './copy-topic.suite.ts';

copyLaw(10_000);
