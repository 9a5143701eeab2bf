import { catalogue, type Problem } from '../errors.js';
import type { Lang } from '../domain/text.js';
import type { ApiProblem } from '../types.gen.js';
import type { Answer } from './call.js';

/** The RFC 9457 document of a problem, in the reader's language; `titles` and messages in the other one stay available. */
export function problemDocument(
  problem: Problem,
  lang: Lang,
  id: string,
  type = `https://suyuan.example/problems/${problem.code}`,
): ApiProblem & Record<string, unknown> {
  const { faults, detail, more } = problem.details;
  return {
    type,
    title: catalogue[problem.code][lang],
    status: problem.status,
    ...(detail && { detail: detail[lang] }),
    ...(faults && { errors: faults.map((f) => ({ pointer: f.pointer, detail: f.message[lang] })) }),
    ...more,
    instance: `urn:suyuan:request:${id}`,
  };
}

export function problemAnswer(problem: Problem, lang: Lang, id: string, type?: string): Answer {
  return {
    status: problem.status,
    type: 'application/problem+json',
    headers: problem.details.headers,
    body: JSON.stringify(problemDocument(problem, lang, id, type)),
  };
}
