import type { Text } from '../domain/text.js';
import { AlreadyOpen, Damaged, NewerShape } from '../store/sqlite/open.js';
import { StoreUnavailable } from '../store/port.js';

/** A reason not to go on that a person can do something about: said in one line, with no stack behind it. */
export class Stop extends Error {
  constructor(
    readonly text: Text,
    cause?: unknown,
  ) {
    super(text.en, { cause });
  }
}

const code = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Why the data folder cannot be used, in words. */
export function folderStop(error: unknown, folder: string): unknown {
  if (error instanceof Stop) return error;
  if (error instanceof AlreadyOpen)
    return new Stop(
      {
        zh: `数据文件夹 ${folder} 正被另一个进程使用：请先停止它，或用 --data 换一个`,
        en: `The data folder ${folder} is in use by another process: stop that first, or choose another with --data`,
      },
      error,
    );
  if (error instanceof NewerShape)
    return new Stop({
      zh: `数据文件夹 ${folder} 由更新的版本写成：请用那个版本打开`,
      en: `The data folder ${folder} was written by a newer version: open it with that version`,
    });
  if (error instanceof Damaged)
    return new Stop({
      zh: `数据文件夹 ${folder} 中的库已损坏，或不是本程序的：${error.detail}`,
      en: `The store in ${folder} is damaged or not ours: ${error.detail}`,
    });
  if (error instanceof StoreUnavailable || /^E[A-Z]+$/.test(code(error)))
    return new Stop({
      zh: `数据文件夹 ${folder} 无法写入：${(error as Error).message}`,
      en: `The data folder ${folder} cannot be written: ${(error as Error).message}`,
    });
  return error;
}

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
  const text = reasons[code(error)];
  return text === undefined ? error : new Stop(text);
}
