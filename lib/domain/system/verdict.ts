import type { ProcessKind, ProcessView } from './process';

export interface SystemVerdict {
  readonly tone: 'good' | 'warn' | 'bad' | 'neutral';
  readonly sentence: string;
  /** What follows for the data; null when all is well. */
  readonly meaning: string | null;
}

const WITHOUT: Readonly<Record<ProcessKind, SystemVerdict>> = {
  collector: {
    tone: 'bad',
    sentence: 'No collector is ready.',
    meaning: 'Events are refused until one runs. Clients that retry lose nothing.',
  },
  worker: {
    tone: 'bad',
    sentence: 'No worker is ready.',
    meaning: 'Events are accepted and kept, and nothing is delivered until one runs.',
  },
  web: {
    tone: 'warn',
    sentence: 'No web process says that it is ready.',
    meaning: 'This page comes from one that cannot write its row. Collection and delivery go on.',
  },
};

/** Is it fine? Collection comes first: what is not accepted cannot be delivered later. */
export function systemVerdict(processes: readonly ProcessView[] | null): SystemVerdict {
  if (processes === null) {
    return {
      tone: 'neutral',
      sentence: 'It is not known what runs.',
      meaning: 'The database did not tell in time.',
    };
  }
  for (const kind of ['collector', 'worker', 'web'] as const) {
    if (!processes.some((process) => process.kind === kind && process.state === 'ready'))
      return WITHOUT[kind];
  }
  const stale = processes.filter(({ state }) => state === 'stale').length;
  if (stale > 0) {
    return {
      tone: 'warn',
      sentence: `${stale} of ${processes.length} processes ${stale === 1 ? 'is' : 'are'} stale.`,
      meaning: 'They ended without saying goodbye. Others of their kind do their work.',
    };
  }
  const waiting = processes.filter(({ state }) => state === 'not_ready').length;
  if (waiting > 0) {
    return {
      tone: 'warn',
      sentence: `${waiting} of ${processes.length} processes ${waiting === 1 ? 'is' : 'are'} not ready.`,
      meaning: 'They get no work until they are. Others of their kind do it.',
    };
  }
  return {
    tone: 'good',
    sentence: `Everything runs: ${processes.length} processes, all ready.`,
    meaning: null,
  };
}
