import type { App } from '../app.js';
import { suyuanNamespace } from '../domain/epcis/context.js';
import type { ErrorCode } from '../errors.js';
import { Problem } from '../errors.js';
import type { Behaviour } from '../jobs/capture.js';
import type { Call } from './call.js';

/** Headers by which EPCIS 2.0 services say what they are (section 12.4): on every answer below /epcis. */
export const versionHeaders = (): Record<string, string> => ({
  'gs1-epcis-version': '2.0.0',
  'gs1-epcis-min': '2.0.0',
  'gs1-epcis-max': '2.0.1',
  'gs1-cbv-version': '2.0.0',
  'gs1-cbv-min': '2.0.0',
  'gs1-cbv-max': '2.0.0',
  'gs1-epc-format': 'Never_Translates',
  'gs1-extensions': `suyuan=${suyuanNamespace}`,
});

/** What a client needs to know before it captures: how much at once, and what is done on errors. */
export const captureHeaders = ({ config }: App): Record<string, string> => ({
  ...versionHeaders(),
  'gs1-epcis-capture-limit': String(config.captureEvents),
  'gs1-epcis-capture-file-size-limit': String(config.captureBodyLimit),
  'gs1-capture-error-behaviour': 'all',
});

const exceptions: Partial<Record<ErrorCode, string>> = {
  'bad-request': 'ValidationException',
  'bad-json': 'ValidationException',
  'bad-encoding': 'ValidationException',
  'bad-values': 'ValidationException',
  'bad-identifier': 'ValidationException',
  refused: 'ValidationException',
  'sign-in-needed': 'SecurityException',
  'bad-key': 'SecurityException',
  'not-allowed': 'SecurityException',
  'wrong-origin': 'SecurityException',
  'not-found': 'NoSuchResourceException',
  'not-acceptable': 'NotAcceptableException',
  'same-id-other-content': 'ResourceAlreadyExistsException',
  'name-taken': 'ResourceAlreadyExistsException',
  'too-large': 'CaptureLimitExceededException',
  'query-too-large': 'QueryTooLargeException',
  'query-too-complex': 'QueryTooComplexException',
  'path-too-long': 'URITooLongException',
  'wrong-type': 'UnsupportedMediaTypeException',
  fault: 'ImplementationException',
  busy: 'ImplementationException',
};

/** The standard's name of a problem; ours stands where it has none. */
export const epcisException = (code: ErrorCode): string | undefined => {
  const name = exceptions[code];
  return name === undefined ? undefined : `epcisException:${name}`;
};

/** Of an address that takes query parameters: what is wrong with them has a name of its own. */
export const queryException = (code: ErrorCode): string | undefined =>
  code === 'bad-values' ? 'epcisException:QueryParameterException' : epcisException(code);

/** Of the addresses of named queries. */
export const namedException = (code: ErrorCode): string | undefined =>
  code === 'not-found'
    ? 'epcisException:NoSuchNameException'
    : code === 'bad-values'
      ? 'epcisException:QueryValidationException'
      : epcisException(code);

/** Throws `not-acceptable` when the client speaks another version of EPCIS or CBV, or takes no JSON. */
export function checkVersions(call: Call): void {
  for (const name of ['gs1-epcis-version', 'gs1-cbv-version']) {
    const given = call.headers[name];
    if (given === undefined || /^2(?:\.0(?:\.\d+)?)?$/.test(String(given))) continue;
    throw new Problem('not-acceptable', { detail: { zh: `${name} 只有 2.0`, en: `${name}: only 2.0 is spoken here` } });
  }
  if (call.accepts('application/json', 'application/ld+json') === undefined) throw new Problem('not-acceptable');
}

/** What the client wants done when an event fails. The standard's header, and the name that drafts of it had. */
export function behaviourOf({ headers }: Call): Behaviour {
  const given = headers['gs1-capture-error-behaviour'] ?? headers['gs1-epcis-capture-error-behaviour'] ?? 'rollback';
  if (given === 'rollback' || given === 'proceed') return given;
  throw new Problem('bad-request', {
    detail: {
      zh: 'GS1-Capture-Error-Behaviour 应为 rollback 或 proceed',
      en: 'GS1-Capture-Error-Behaviour is rollback or proceed',
    },
  });
}
