import type { Rule } from '../case.js';
import { beginning } from './beginning.js';
import { balance } from './balance.js';
import { holder } from './holder.js';
import { lifecycle } from './lifecycle.js';

/** Every rule that an event passes before it is recorded, in the order in which findings are told. */
export const rules: readonly Rule[] = [lifecycle, holder, balance, beginning];
