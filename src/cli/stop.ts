import type { Text } from '../domain/text.js';

/** A reason not to go on that a person can do something about: said in one line, with no stack behind it. */
export class Stop extends Error {
  constructor(
    readonly text: Text,
    cause?: unknown,
  ) {
    super(text.en, { cause });
  }
}

/** The system's name of an error (`EADDRINUSE`), or nothing. */
export const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Why the port cannot be listened on, in words. */
export function listenStop(error: unknown, host: string, port: number): unknown {
  const reasons: Record<string, Text> = {
    EADDRINUSE: {
      zh: `端口 ${port} 已被占用：请用 --port 换一个`,
      en: `Port ${port} is in use: choose another with --port`,
    },
    EACCES: {
      zh: `没有权限监听端口 ${port}：请用 --port 换一个大于 1023 的`,
      en: `Listening on port ${port} is not permitted: choose one above 1023 with --port`,
    },
    EADDRNOTAVAIL: {
      zh: `本机没有地址 ${host}：请改 --host`,
      en: `This machine has no address ${host}: change --host`,
    },
    ENOTFOUND: { zh: `找不到主机名 ${host}：请改 --host`, en: `There is no host named ${host}: change --host` },
  };
  const text = reasons[codeOf(error)];
  return text === undefined ? error : new Stop(text);
}
