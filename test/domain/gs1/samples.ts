import { checkDigit, checkPair } from '../../../src/domain/gs1/checkDigit.js';

const checked = (digits: string) => digits + checkDigit(digits);

/** A well-formed value of every primary key and qualifier. */
const values: Readonly<Record<string, string>> = {
  '00': checked('39520123456789012'),
  '01': checked('0952012345678'),
  '253': checked('952012345678') + 'DOC/1',
  '255': checked('952012345678') + '77',
  '401': '9520123-AB',
  '402': checked('9520123456789012'),
  '414': checked('952012345678'),
  '415': checked('952012345678'),
  '417': checked('952012345678'),
  '8003': '0' + checked('952012345678') + 'R1',
  '8004': '9520123ASSET',
  '8006': checked('0952012345678') + '0102',
  '8010': '9520123PART-1',
  '8011': '42',
  '8013': '9520123Ad4' + checkPair('9520123Ad4'),
  '8017': checked('95201234567890123'),
  '8018': checked('95201234567890123'),
  '8019': '7',
  '8020': 'REF1',
  '7040': '1ABC',
  '10': 'LOT-1',
  '21': 'S/1',
  '22': 'V2',
  '235': 'TPX1',
  '254': 'dock-7',
};
export function sampleOf(ai: string): string {
  const value = values[ai];
  if (value === undefined) throw new Error(`no sample for (${ai})`);
  return value;
}
