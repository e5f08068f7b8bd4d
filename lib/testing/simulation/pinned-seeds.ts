import type { Profile } from './profile';

/** A run that once showed something, or that shows it clearly; `profile` sets the scene. */
export interface PinnedSeed {
  readonly seed: number;
  readonly shows: string;
  readonly profile?: Partial<Profile>;
  /** What must have happened in it for it to show that. */
  readonly happens: readonly string[];
}

const ZOMBIES: Partial<Profile> = { workers: 3, freezeAtPoint: 0.15, crashAtPoint: 0, requests: 26 };
const DEATHS: Partial<Profile> = { workers: 3, crashAtPoint: 0.12, freezeAtPoint: 0, requests: 26 };

export const PINNED_SEEDS: readonly PinnedSeed[] = [
  {
    seed: 11,
    shows:
      'A worker that froze before its seal wakes up with a shorter cut than its successor wrote (confluent#253).',
    profile: ZOMBIES,
    happens: ['point.before_seal.frozen', 'ledger.sealCut.refused'],
  },
  {
    seed: 12,
    shows:
      'A worker that froze between mark and PUT sends after its successor has delivered (confluent#800).',
    profile: ZOMBIES,
    happens: ['point.before_put.frozen', 'store.own_412'],
  },
  {
    seed: 13,
    shows: 'A stranger lies under our key: 412 is neither success nor a reason to skip (confluent#814).',
    profile: { mishaps: 14, storeFaults: 0, headFaults: 0 },
    happens: ['store.foreign_412'],
  },
  {
    seed: 14,
    shows:
      'Files of two hours are written, their worker dies, and its successor would cut elsewhere (secor#600).',
    profile: { ...DEATHS, startMs: 1_768_485_590_000, stormMs: 60_000 },
    happens: ['append.hour_closed', 'point.after_finish.crashed'],
  },
  {
    seed: 15,
    shows: 'HEAD fails after 412: neither there nor not there (arroyo#1125).',
    profile: { ...ZOMBIES, storeFaults: 0.4, headFaults: 0.9 },
    happens: ['store.own_412', 'fault.head.answered'],
  },
];
