import { scimmy } from './scimmy.ts';
import { describeInterop } from './scenarios.ts';

describeInterop(scimmy);
