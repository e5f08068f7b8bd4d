import { randomUUID } from 'node:crypto';

export interface Visitor {
  readonly userId: string;
  readonly sessionId: string;
}

const VISITORS: readonly Visitor[] = Array.from({ length: 2_000 }, () => ({
  userId: randomUUID(),
  sessionId: randomUUID(),
}));

export function pick<T>(items: readonly T[]): T {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
}

export function pickVisitor(): Visitor {
  return pick(VISITORS);
}
