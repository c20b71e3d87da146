import type { HttpAnswer } from './httpMessages.ts';

/** Milliseconds that `Retry-After` asks to wait: seconds, or a date (RFC 9110, 10.2.3). */
export function retryAfter(answer: HttpAnswer, now: number): number | undefined {
  const text = answer.header('retry-after')?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - serverTime(answer, now));
}

/** What the server's clock says, by which it names times; a browser may keep it to itself. */
export function serverTime(answer: HttpAnswer, now: number): number {
  const date = Date.parse(answer.header('date') ?? '');
  return Number.isNaN(date) ? now : date;
}
