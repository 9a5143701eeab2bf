/**
 * The URI of a business document, in the name of the party that issued it, so that two parties' number 1 differ: by CBV 2.0
 * section 8.5 for a party with a GLN (`urn:epcglobal:cbv:bt:<GLN>:<number>`), else `urn:suyuan:bt:<party>:<number>`.
 * A number that already is a URI stays itself.
 */
export function transactionURI(issuer: string, number: string): string {
  if (/^(urn|https?):\S+$/.test(number)) return number;
  const gln = /^https:\/\/id\.gs1\.org\/417\/(\d{13})$/.exec(issuer)?.[1];
  const scope = gln ? `urn:epcglobal:cbv:bt:${gln}` : `urn:suyuan:bt:${issuer.replace(/^urn:suyuan:/, '')}`;
  return `${scope}:${encodeURIComponent(number)}`;
}
