import { expect } from 'chai';
import { defaultUrl, reachableAddress, readConfig, settings, type Flags } from '../../src/config.js';

const home = () => '192.168.1.20';
const read = (flags: Flags = {}, env: Record<string, string> = {}) => {
  const answer = readConfig(flags, env, home);
  if ('faults' in answer) throw new Error(JSON.stringify(answer.faults));
  return answer.config;
};
const faults = (flags: Flags = {}, env: Record<string, string> = {}) => {
  const answer = readConfig(flags, env, home);
  return 'faults' in answer ? answer.faults : [];
};

describe('configuration', () => {
  it('starts with nothing given, and codes carry an address that a phone can open', () => {
    const config = read();
    expect(config).to.include({ port: 3000, store: 'sqlite', demo: false, publicUrl: 'http://192.168.1.20:3000' });
    expect(config.data).to.match(/\/data$/);
  });

  it('takes a flag before the environment, and an empty variable as none', () => {
    expect(read({ port: '81' }, { SUYUAN_PORT: '82' }).port).to.equal(81);
    expect(read({}, { SUYUAN_PORT: '82' }).port).to.equal(82);
    expect(read({}, { SUYUAN_PORT: '' }).port).to.equal(3000);
  });

  it('names every faulty setting at once, by the name under which it was given, in both languages', () => {
    const all = faults({ port: '70000', logLevel: 'loud' }, { SUYUAN_PUBLIC_URL: 'suyuan.cn/lots', SUYUAN_BODY_LIMIT: '1MB' });
    expect(all.map((each) => each.pointer)).to.have.members(['/port', '/logLevel', '/publicUrl', '/bodyLimit']);
    expect(all.find((each) => each.pointer === '/port')?.message.en).to.match(/^--port must be a whole number from 0 to 65535$/);
    expect(all.find((each) => each.pointer === '/bodyLimit')?.message.en).to.match(/^SUYUAN_BODY_LIMIT /);
    for (const each of all) expect(each.message.zh).to.match(/[\u4e00-\u9fff]/);
  });

  it('refuses numbers that are almost numbers', () => {
    for (const port of ['-1', '1e3', '0x10', ' 80', '80.0', '', 'NaN', 'tcp://10.0.0.1:80'])
      expect(faults({ port }), port).to.have.length(1);
  });

  it('takes an origin for codes, in its normal form, and nothing else', () => {
    expect(read({ publicUrl: 'HTTPS://Trace.Example:443/' }).publicUrl).to.equal('https://trace.example');
    for (const publicUrl of [
      'ftp://a.example',
      'https://a.example/x',
      'https://u:p@a.example',
      'https://a.example/?q',
      '//a.example',
    ])
      expect(faults({ publicUrl }), publicUrl).to.have.length(1);
  });

  it('lets --empty win over --demo', () => {
    expect(read({ demo: true }).demo).to.equal(true);
    expect(read({ demo: true, empty: true }).demo).to.equal(false);
    expect(read({ demo: true }, { SUYUAN_EMPTY: '1' }).demo).to.equal(false);
  });

  it('takes proxies as hops or as addresses', () => {
    expect(read({ trustProxy: '2' }).trustProxy).to.equal(2);
    expect(read({ trustProxy: 'loopback, 10.0.0.0/8' }).trustProxy).to.equal('loopback, 10.0.0.0/8');
    expect(faults({ trustProxy: 'my proxy!' })).to.have.length(1);
  });

  it('builds the default address from what is listened on', () => {
    expect(defaultUrl('127.0.0.1', 3000, home)).to.equal('http://127.0.0.1:3000');
    expect(defaultUrl('::', 8080, home)).to.equal('http://192.168.1.20:8080');
    expect(defaultUrl('::1', 8080, home)).to.equal('http://[::1]:8080');
    expect(defaultUrl('farm.local', 80, home)).to.equal('http://farm.local');
    expect(faults({ host: 'not a host' })).to.have.length(1);
  });

  it('looks past loopback, IPv6 and self-assigned addresses', () => {
    const card = (address: string, family: 'IPv4' | 'IPv6', internal = false) =>
      ({ address, family, internal, netmask: '', mac: '', cidr: null, scopeid: 0 }) as never;
    const cards = {
      lo: [card('127.0.0.1', 'IPv4', true)],
      a: [card('fe80::1', 'IPv6'), card('169.254.7.7', 'IPv4')],
      b: [card('10.1.2.3', 'IPv4')],
    };
    expect(reachableAddress(cards)).to.equal('10.1.2.3');
    expect(reachableAddress({})).to.equal('127.0.0.1');
  });

  it('has one environment name and one flag for each setting, which follow from its name', () => {
    for (const [name, each] of Object.entries(settings)) {
      const words = name.replace(/[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
      expect(each.env).to.equal(`SUYUAN_${words.toUpperCase()}`);
      expect(each.flag).to.equal(`--${words.replaceAll('_', '-')}`);
      expect(each.meaning.zh, name).to.match(/[\u4e00-\u9fff]/);
      expect(each.meaning.en, name).to.match(/[a-z]/);
    }
  });
});
