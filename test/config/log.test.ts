import { expect } from 'chai';
import { logRequest, openLog } from '../../src/log.js';

/** Collects what the log writes. */
function listen() {
  const lines: string[] = [];
  return { lines, log: openLog('debug', { write: (line: string) => void lines.push(line) }) };
}

describe('log', () => {
  it('writes one JSON line a request, with its id, its route and no value of it', () => {
    const { lines, log } = listen();
    logRequest(log, { id: 'r-1', method: 'GET', route: '/01/:gtin/10/:lot', status: 200, ms: 1.2345 });
    expect(lines).to.have.length(1);
    const { time, ...line } = JSON.parse(lines[0] ?? '');
    expect(line).to.deep.equal({
      level: 'info',
      id: 'r-1',
      method: 'GET',
      route: '/01/:gtin/10/:lot',
      status: 200,
      ms: 1.2,
      msg: 'request',
    });
    expect(new Date(time).toISOString()).to.equal(time);
  });

  it('warns of answers that are our own fault', () => {
    const { lines, log } = listen();
    logRequest(log, { id: 'r-2', method: 'POST', route: '/epcis/capture', status: 503, ms: 3 });
    expect(JSON.parse(lines[0] ?? '').level).to.equal('warn');
  });

  it('keeps what a person typed out of an error', () => {
    const { lines, log } = listen();
    const typed = '{"phone":"13800000000"';
    try {
      JSON.parse(typed);
    } catch (error) {
      log.error({ err: new Error('could not read 13800000000', { cause: error }) }, 'failed');
    }
    expect(lines[0]).to.not.contain('13800000000');
    const { err } = JSON.parse(lines[0] ?? '');
    expect(err.name).to.equal('Error');
    expect(err.stack[0]).to.match(/log\.test/);
    expect(err.cause.name).to.equal('SyntaxError');
  });

  it('cuts out secrets even when a caller hands them over', () => {
    const { lines, log } = listen();
    log.info(
      { authorization: 's3cret', req: { headers: { cookie: 's3cret' }, body: 's3cret', url: '/x?s3cret' }, password: 's3cret' },
      'm',
    );
    log.info({ headers: { authorization: 's3cret' }, query: { q: 's3cret' }, ip: 's3cret', 'set-cookie': 's3cret' }, 'm');
    expect(lines.join()).to.not.contain('s3cret');
  });
});
