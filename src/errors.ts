import type { Fault, Text } from './domain/text.js';

/**
 * Every error that a client can see: a stable code, the HTTP status, and words in both languages.
 * Over HTTP it is `application/problem+json` (RFC 9457) with the type `<public url>/problems/<code>`.
 */
export const catalogue = {
  'bad-request': { status: 400, zh: '请求不合格式', en: 'The request is malformed' },
  'bad-json': { status: 400, zh: '正文不是有效的 JSON', en: 'The body is not valid JSON' },
  'bad-encoding': { status: 400, zh: '正文不是有效的 UTF-8', en: 'The body is not valid UTF-8' },
  'bad-values': { status: 400, zh: '有些值填得不对', en: 'Some values are wrong' },
  'bad-identifier': { status: 400, zh: '这个码不合规范', en: 'The identifier is malformed' },
  'bad-checkpoint': { status: 400, zh: '检查点或它的证明读不懂', en: 'The checkpoint or its proof cannot be read' },
  'sign-in-needed': { status: 401, zh: '需要先登录', en: 'Sign in first' },
  'bad-key': { status: 401, zh: '密钥无效或已撤销', en: 'The key is unknown or was revoked' },
  'not-allowed': { status: 403, zh: '这个账号不能做这件事', en: 'This account may not do that' },
  'wrong-origin': {
    status: 403,
    zh: '请求来自别的网站，没有执行',
    en: 'The request came from another site and was not carried out',
  },
  'untrusted-checkpoint': {
    status: 403,
    zh: '检查点上没有这本账的有效签名',
    en: 'The checkpoint has no valid signature of its log',
  },
  'unknown-log': { status: 404, zh: '这里不为这本账作见证', en: 'This log is not witnessed here' },
  'not-found': { status: 404, zh: '查不到', en: 'Not found' },
  'method-not-allowed': { status: 405, zh: '这个地址不接受这种方法', en: 'The address does not take this method' },
  'not-acceptable': { status: 406, zh: '没有您要的格式', en: 'None of the wanted formats can be given' },
  'too-slow': { status: 408, zh: '请求没有及时发完', en: 'The request did not come to its end in time' },
  refused: { status: 409, zh: '没有记下：与账上的情况不符', en: 'Not recorded: it contradicts what the ledger holds' },
  'same-id-other-content': { status: 409, zh: '同一个编号已经记过别的内容', en: 'The id is already taken by other content' },
  'forked-checkpoint': {
    status: 409,
    zh: '同样长的账，内容与已见证的不同',
    en: 'A tree of this size with another root was witnessed before',
  },
  'name-taken': { status: 409, zh: '这个名称已经用了', en: 'The name is already taken' },
  'still-running': { status: 409, zh: '同一个请求还在处理', en: 'The same request is still being worked on' },
  'too-large': { status: 413, zh: '正文太大', en: 'The body is too large' },
  'query-too-large': { status: 413, zh: '查到的事件超过了允许的数目', en: 'The query finds more events than it allows' },
  'query-too-complex': {
    status: 413,
    zh: '要看的事件太多，请缩小查询的范围',
    en: 'The query would look through too many events: narrow it down',
  },
  'path-too-long': { status: 414, zh: '地址太长', en: 'The address is too long' },
  'wrong-type': { status: 415, zh: '不接受这种内容类型', en: 'The content type is not taken' },
  'inconsistent-checkpoint': {
    status: 422,
    zh: '证明不成立：新账不是从已见证的账接下来的',
    en: 'The proof does not show that the tree begins with the one witnessed before',
  },
  'key-reused': {
    status: 422,
    zh: '同一个 Idempotency-Key 用在了别的内容上',
    en: 'The Idempotency-Key was used with another body',
  },
  'trace-too-wide': {
    status: 422,
    zh: '牵涉太广，一次算不完：请换一个更具体的批次或更早的时间',
    en: 'The trace reaches too far to be answered at once: ask for a narrower lot or an earlier time',
  },
  'too-many': { status: 429, zh: '请求太密，稍等再试', en: 'Too many requests: wait and try again' },
  'headers-too-large': { status: 431, zh: '请求头太大', en: 'The headers are too large' },
  fault: { status: 500, zh: '出了错，没有记下', en: 'Something failed; nothing was recorded' },
  busy: { status: 503, zh: '正忙，稍等再试', en: 'Busy: wait and try again' },
} as const satisfies Record<string, Text & { status: number }>;

export type ErrorCode = keyof typeof catalogue;

export interface ProblemDetails {
  /** What exactly went wrong this time, for people. */
  readonly detail?: Text;
  readonly faults?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the problem document (RFC 9457 section 3.2). */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** An error of the catalogue, thrown by handlers and turned into an answer by http/problem.ts. */
export class Problem extends Error {
  readonly status: number;
  constructor(
    readonly code: ErrorCode,
    readonly details: ProblemDetails = {},
  ) {
    super(details.detail?.en ?? catalogue[code].en);
    this.status = catalogue[code].status;
  }
}
