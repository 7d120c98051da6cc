import { jackson } from './jackson.ts';
import { jacksonScenarios } from './scenarios-jackson.ts';
import { describeInterop } from './scenarios.ts';

describeInterop(jackson, jacksonScenarios);
