import type { Text } from '../domain/text.js';
import type { Step, Unproven } from './unproven.js';

/** Why a check failed, for people. */
const words: Readonly<Record<Step, Text>> = {
  form: { zh: '这份文件读不懂，或已残缺', en: 'the file cannot be read or is cut short' },
  note: { zh: '检查点的签名格式不对', en: 'the checkpoint is not a well-formed signed note' },
  checkpoint: { zh: '检查点的内容格式不对', en: 'the checkpoint is malformed' },
  key: { zh: '公钥格式不对', en: 'the key is malformed' },
  unsigned: { zh: '检查点上没有这把公钥的签名', en: 'the checkpoint is not signed by this key' },
  signature: { zh: '检查点的签名是错的', en: 'the signature of the checkpoint is wrong' },
  origin: { zh: '检查点属于另一本账', en: 'the checkpoint is of another ledger' },
  cosignature: { zh: '检查点上见证人的签名是错的', en: 'a cosignature of the checkpoint is wrong' },
  witnesses: { zh: '检查点上见证人的签名不够', en: 'the checkpoint has too few cosignatures' },
  rotation: { zh: '换钥匙的声明不成立', en: 'the statement that the key changed does not hold' },
  receipt: { zh: '存证回执格式不对', en: 'the receipt is malformed' },
  index: { zh: '检查点还没有收到这一条', en: 'the entry lies beyond the checkpoint' },
  inclusion: { zh: '这一条不在检查点的账里', en: 'the entry is not in the tree of the checkpoint' },
  consistency: { zh: '新账不是从旧账接下来的', en: 'the newer tree does not begin with the older one' },
  entry: { zh: '账目格式不对', en: 'the entry is malformed' },
  digest: { zh: '记录与账目的摘要不符', en: 'the record does not have the digest of its entry' },
  disclosure: { zh: '给出的值不在记录里', en: 'a value that is shown does not stand in the record' },
  stream: { zh: '这一条不属于所查的批次', en: 'the entry does not belong to what was asked for' },
  gap: { zh: '前后两条没有相扣，中间缺了', en: 'two entries do not follow each other: something between is missing' },
  order: { zh: '先后次序不对', en: 'the order is wrong' },
  tail: { zh: '最后的记录被略去了', en: 'the newest entries were left out' },
};

export function unprovenText({ step, where }: Unproven): Text {
  const { zh, en } = words[step];
  return where === '' ? { zh, en } : { zh: `${zh}（${where}）`, en: `${en} (${where})` };
}
