import { cutDefinitions } from './cut-definitions.suite.ts';

cutDefinitions(['of several tables']);
