import { join } from 'node:path';
import type { Text } from '../domain/text.js';

/** What the first start with demo data found out, kept beside the data for its owner. */
export interface DemoSheet {
  /** Pages to scan: what it is, and the path of its Digital Link. */
  readonly scans: readonly { readonly title: Text; readonly path: string }[];
  /** `as` is the role's name, `role` what people read. */
  readonly signIns: readonly { readonly as: string; readonly role: Text; readonly name: string; readonly password: string }[];
}

/** Passwords stand in it: only its owner may read it. */
export const demoFile = (folder: string): string => join(folder, 'demo.json');
