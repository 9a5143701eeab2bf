import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import type { Fault, Text } from './domain/text.js';
import { readLogKeys, readWitnesses, type WitnessAddress } from './ledger/witnessSettings.js';
import type { NoteKey } from './ledger/note.js';

/** One setting: where it may be given, what it means, and how its text is read. A flag wins over the environment. */
export interface Setting<T> {
  readonly env: string;
  readonly flag: string;
  /** What stands behind the flag in `--help`; none for a switch. */
  readonly value?: string;
  readonly initial: T;
  /** The default in words, where it depends on the machine. */
  readonly initially?: Text;
  readonly meaning: Text;
  /** The value, or what is wrong with the text. */
  readonly read: (text: string) => { readonly value: T } | Text;
}

const whole =
  (min: number, max: number) =>
  (text: string): { value: number } | Text =>
    /^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max
      ? { value: Number(text) }
      : { zh: `必须是 ${min} 到 ${max} 的整数`, en: `must be a whole number from ${min} to ${max}` };

const oneOf =
  <T extends string>(...choices: readonly T[]) =>
  (text: string): { value: T } | Text => {
    const value = choices.find((choice) => choice === text);
    return value === undefined
      ? { zh: `必须是 ${choices.join('、')} 之一`, en: `must be one of ${choices.join(', ')}` }
      : { value };
  };

const filled = (text: string): { value: string } | Text =>
  text !== '' && !text.includes('\0') ? { value: text } : { zh: '不能为空', en: 'must not be empty' };

const yesOrNo = (text: string): { value: boolean } | Text =>
  /^(1|true|yes)$/i.test(text)
    ? { value: true }
    : /^(0|false|no|)$/i.test(text)
      ? { value: false }
      : { zh: '必须是 true 或 false', en: 'must be true or false' };

/** An http(s) origin: codes carry a path of their own behind it (GS1 Digital Link), so it has none. */
function origin(text: string): { value: string } | Text {
  const wrong = {
    zh: '必须是 http:// 或 https:// 加主机名（可加端口），不带路径',
    en: 'must be http:// or https:// with a host (and port), without a path',
  };
  if (!URL.canParse(text)) return wrong;
  const url = new URL(text);
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return bare && /^https?:$/.test(url.protocol) ? { value: url.origin } : wrong;
}

/** A key name of signed notes (C2SP signed-note): no space, no plus. */
const logName = (text: string): { value: string } | Text =>
  /^[^\s+]{1,200}$/u.test(text)
    ? { value: text }
    : { zh: '不能为空，不能有空格或加号', en: 'must not be empty and has no space or plus' };

/** Hops, or addresses and subnets, as Express's `trust proxy` takes them. */
const proxies = (text: string): { value: number | string } | Text => {
  if (/^\d{1,2}$/.test(text)) return { value: Number(text) };
  return /^[\w.:/]+( *, *[\w.:/]+)*$/.test(text)
    ? { value: text }
    : {
        zh: '必须是代理层数，或以逗号分隔的地址与网段',
        en: 'must be a number of hops, or addresses and subnets separated by commas',
      };
};

const setting = <T>(given: Setting<T>): Setting<T> => given;

/** Every setting, in the order of `--help` and of the README's table. */
export const settings = {
  port: setting({
    env: 'SUYUAN_PORT',
    flag: '--port',
    value: 'PORT',
    initial: 3000,
    meaning: { zh: '监听的端口；0 为任一空闲端口', en: 'port to listen on; 0 takes any free one' },
    read: whole(0, 65535),
  }),
  host: setting({
    env: 'SUYUAN_HOST',
    flag: '--host',
    value: 'ADDRESS',
    initial: '0.0.0.0',
    meaning: { zh: '监听的地址；127.0.0.1 则只有本机可打开', en: 'address to listen on; 127.0.0.1 keeps it to this machine' },
    read: filled,
  }),
  data: setting({
    env: 'SUYUAN_DATA',
    flag: '--data',
    value: 'FOLDER',
    initial: 'data',
    initially: { zh: './data', en: './data' },
    meaning: { zh: '数据所在的文件夹', en: 'folder where the data lies' },
    read: filled,
  }),
  store: setting({
    env: 'SUYUAN_STORE',
    flag: '--store',
    value: 'NAME',
    initial: 'sqlite' as const,
    meaning: { zh: '存储方式：sqlite', en: 'how data is stored: sqlite' },
    read: oneOf('sqlite'),
  }),
  publicUrl: setting({
    env: 'SUYUAN_PUBLIC_URL',
    flag: '--public-url',
    value: 'URL',
    initial: '',
    initially: { zh: '本机在局域网的地址与端口', en: "this machine's address on its network, with the port" },
    meaning: {
      zh: '溯源码中的网址；印刷前请设为自己的域名',
      en: 'address that codes carry; set it to your own domain before printing',
    },
    read: origin,
  }),
  logOrigin: setting({
    env: 'SUYUAN_LOG_ORIGIN',
    flag: '--log-origin',
    value: 'NAME',
    initial: '',
    initially: { zh: '公开网址的主机名加 /log', en: 'host of the public address and /log' },
    meaning: {
      zh: '账本的名字，写在每个签名里；首次启动时定下，不能再改',
      en: 'name of the ledger, in everything it signs; fixed at the first start',
    },
    read: logName,
  }),
  witnesses: setting<readonly WitnessAddress[]>({
    env: 'SUYUAN_WITNESSES',
    flag: '--witnesses',
    value: 'LIST',
    initial: [],
    initially: { zh: '无', en: 'none' },
    meaning: {
      zh: '请谁为账本的检查点作见证：逗号分隔的“网址 公钥”',
      en: 'who cosigns the checkpoints of the ledger: "url vkey", with commas between',
    },
    read: readWitnesses,
  }),
  witnessQuorum: setting({
    env: 'SUYUAN_WITNESS_QUORUM',
    flag: '--witness-quorum',
    value: 'NUMBER',
    initial: 1,
    meaning: {
      zh: '对外的检查点须有几个见证人的签名；0 为不等',
      en: 'of them so many must have cosigned the checkpoint that is served; 0 waits for none',
    },
    read: whole(0, 100),
  }),
  witnessLogs: setting<readonly NoteKey[]>({
    env: 'SUYUAN_WITNESS_LOGS',
    flag: '--witness-logs',
    value: 'VKEYS',
    initial: [],
    initially: { zh: '无', en: 'none' },
    meaning: {
      zh: '为哪些账本作见证：逗号分隔的账本公钥',
      en: 'which other logs are witnessed here: their vkeys, with commas between',
    },
    read: readLogKeys,
  }),
  demo: setting({
    env: 'SUYUAN_DEMO',
    flag: '--demo',
    initial: false,
    meaning: { zh: '首次启动时录入演示数据', en: 'replay the demo stories on the first start' },
    read: yesOrNo,
  }),
  empty: setting({
    env: 'SUYUAN_EMPTY',
    flag: '--empty',
    initial: false,
    meaning: { zh: '不要演示数据，也不建任何账号', en: 'no demo stories and no accounts, whatever --demo says' },
    read: yesOrNo,
  }),
  bodyLimit: setting({
    env: 'SUYUAN_BODY_LIMIT',
    flag: '--body-limit',
    value: 'BYTES',
    initial: 1_048_576,
    meaning: { zh: '一次请求的正文上限（字节）', en: 'bytes at most in the body of a request' },
    read: whole(1024, 1_073_741_824),
  }),
  captureBodyLimit: setting({
    env: 'SUYUAN_CAPTURE_BODY_LIMIT',
    flag: '--capture-body-limit',
    value: 'BYTES',
    initial: 16_777_216,
    meaning: { zh: '一次采集或导入的正文上限（字节）', en: 'bytes at most in the body of a capture or an import' },
    read: whole(1024, 1_073_741_824),
  }),
  captureEvents: setting({
    env: 'SUYUAN_CAPTURE_EVENTS',
    flag: '--capture-events',
    value: 'NUMBER',
    initial: 10_000,
    meaning: { zh: '一次采集的事件数上限', en: 'events at most in one capture' },
    read: whole(1, 1_000_000),
  }),
  queueLimit: setting({
    env: 'SUYUAN_QUEUE_LIMIT',
    flag: '--queue-limit',
    value: 'NUMBER',
    initial: 20_000,
    meaning: {
      zh: '等待写入的记录数上限，超出即答 503',
      en: 'records at most that wait to be written; over it the answer is 503',
    },
    read: whole(1, 10_000_000),
  }),
  rateLimit: setting({
    env: 'SUYUAN_RATE_LIMIT',
    flag: '--rate-limit',
    value: 'NUMBER',
    initial: 6000,
    meaning: {
      zh: '每个未登录的地址每分钟的请求数上限；0 为不限',
      en: 'requests a minute from one address that is not signed in; 0 for no limit',
    },
    read: whole(0, 100_000_000),
  }),
  accountRateLimit: setting({
    env: 'SUYUAN_ACCOUNT_RATE_LIMIT',
    flag: '--account-rate-limit',
    value: 'NUMBER',
    initial: 0,
    meaning: { zh: '每个账号或密钥每分钟的请求数上限；0 为不限', en: 'requests a minute of one account or key; 0 for no limit' },
    read: whole(0, 100_000_000),
  }),
  sessionHours: setting({
    env: 'SUYUAN_SESSION_HOURS',
    flag: '--session-hours',
    value: 'HOURS',
    initial: 168,
    meaning: { zh: '多少小时不使用后需重新登录', en: 'hours without use after which one signs in again' },
    read: whole(1, 8760),
  }),
  logLevel: setting({
    env: 'SUYUAN_LOG_LEVEL',
    flag: '--log-level',
    value: 'LEVEL',
    initial: 'info' as 'error' | 'warn' | 'info' | 'debug' | 'silent',
    meaning: { zh: '日志级别：error、warn、info、debug、silent', en: 'what is logged: error, warn, info, debug, silent' },
    read: oneOf('error', 'warn', 'info', 'debug', 'silent'),
  }),
  trustProxy: setting<number | string>({
    env: 'SUYUAN_TRUST_PROXY',
    flag: '--trust-proxy',
    value: 'HOPS',
    initial: 0,
    meaning: {
      zh: '本服务前的代理层数，或其地址（逗号分隔）',
      en: 'number of proxies in front, or their addresses separated by commas',
    },
    read: proxies,
  }),
};

export type SettingName = keyof typeof settings;
type Values = { readonly [N in SettingName]: (typeof settings)[N] extends Setting<infer T> ? T : never };

/**
 * The settings of a running process: `data` absolute, `publicUrl` filled in, `logOrigin` from a given public address when it was not
 * given itself (else empty), `demo` false when `empty` was asked for.
 */
export type Config = Values;

/** What was given on the command line, by setting name: text behind a flag, true for a switch. */
export type Flags = { readonly [N in SettingName]?: string | boolean };

/** The first IPv4 address of this machine that others on its network can reach, else the loopback address. */
export function reachableAddress(interfaces = networkInterfaces()): string {
  const all = Object.values(interfaces).flatMap((list) => list ?? []);
  const open = all.filter((each) => each.family === 'IPv4' && !each.internal && !each.address.startsWith('169.254.'));
  return open[0]?.address ?? '127.0.0.1';
}

/** The address that codes carry when none was set. */
export function defaultUrl(host: string, port: number, reachable: () => string = reachableAddress): string {
  const name = /^(0\.0\.0\.0|::|\[::\])$/.test(host) ? reachable() : host;
  return new URL(`http://${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${port}`).origin;
}

/**
 * Reads every setting from flags and environment; all faults at once (pointer `/<setting>`).
 * An empty environment variable counts as not given. With port 0 the caller fills in port and address once it listens.
 */
export function readConfig(
  flags: Flags = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
  reachable: () => string = reachableAddress,
): { readonly config: Config } | { readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(settings) as [SettingName, Setting<unknown>][]) {
    const flag = flags[name];
    const text = flag === undefined ? env[each.env] || undefined : String(flag);
    const read = text === undefined ? { value: each.initial } : each.read(text);
    if ('value' in read) values[name] = read.value;
    else faults.push({ pointer: `/${name}`, message: named(each, flag === undefined, read) });
  }
  if (faults.length > 0) return { faults };
  const read = values as Values;
  const { witnesses, witnessQuorum } = read;
  if (witnesses.length > 0 && witnessQuorum > witnesses.length) {
    const wrong = { zh: `大于见证人数 ${witnesses.length}`, en: `is more than the ${witnesses.length} witnesses` };
    return {
      faults: [{ pointer: '/witnessQuorum', message: named(settings.witnessQuorum, flags.witnessQuorum === undefined, wrong) }],
    };
  }
  const publicUrl = read.publicUrl || addressOf(read, reachable);
  if (publicUrl === undefined) {
    const wrong = { zh: '不是可监听的地址', en: 'is not an address to listen on' };
    return { faults: [{ pointer: '/host', message: named(settings.host, flags.host === undefined, wrong) }] };
  }
  // An address that somebody chose names the ledger; one that was found on the machine may be another tomorrow.
  const logOrigin = read.logOrigin || (read.publicUrl && `${new URL(read.publicUrl).host}/log`);
  return { config: { ...read, data: resolve(read.data), publicUrl, logOrigin, demo: read.demo && !read.empty } };
}

function addressOf(read: Values, reachable: () => string): string | undefined {
  try {
    return defaultUrl(read.host, read.port, reachable);
  } catch {
    return undefined;
  }
}

/** Says where the wrong text came from: the environment's name for it or the flag. */
const named = (each: Setting<unknown>, fromEnv: boolean, wrong: Text): Text => ({
  zh: `${fromEnv ? each.env : each.flag} ${wrong.zh}`,
  en: `${fromEnv ? each.env : each.flag} ${wrong.en}`,
});

/** The default of a setting as people read it. */
export function initially(each: Setting<unknown>): Text {
  const text = String(each.initial);
  return each.initially ?? { zh: text, en: text };
}
