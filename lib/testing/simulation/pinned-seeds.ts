import type { Profile } from './profile';

/** Seeds that once showed something, or that show it clearly; `profile` sets the scene. */
export interface PinnedSeeds {
  readonly seeds: readonly number[];
  readonly shows: string;
  readonly profile?: Partial<Profile>;
  /** What must have happened in some of them for it to be shown. */
  readonly happens: readonly string[];
}

/** What a seed does changes with every change of the protocol: a few in a row keep the scene from being lost. */
function from(first: number, count = 16): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

const ZOMBIES: Partial<Profile> = { workers: 3, freezeAtPoint: 0.15, crashAtPoint: 0, requests: 26 };
/** So many deaths keep probes from ending for longer than a quiet hour allows for. */
const DEATHS: Partial<Profile> = {
  workers: 3,
  crashAtPoint: 0.12,
  freezeAtPoint: 0,
  requests: 26,
  hasQuietHour: false,
};

export const PINNED_SEEDS: readonly PinnedSeeds[] = [
  {
    seeds: from(1100),
    shows:
      'A worker that froze before its seal wakes up with a shorter cut than its successor wrote (confluent#253).',
    profile: ZOMBIES,
    happens: ['point.before_seal.frozen', 'ledger.sealCut.refused'],
  },
  {
    seeds: from(1200),
    shows:
      'A worker that froze between mark and PUT sends after its successor has delivered (confluent#800).',
    profile: ZOMBIES,
    happens: ['point.before_put.frozen', 'store.own_412'],
  },
  {
    seeds: from(1300),
    shows: 'A stranger lies under our key: 412 is neither success nor a reason to skip (confluent#814).',
    profile: { mishaps: 14, storeFaults: 0, headFaults: 0 },
    happens: ['store.foreign_412'],
  },
  {
    seeds: from(1400, 32),
    shows:
      'Files of two hours are written, their worker dies, and its successor would cut elsewhere (secor#600).',
    profile: { ...DEATHS, startMs: 1_768_485_590_000, stormMs: 60_000 },
    happens: ['chore.hours_closed', 'point.after_finish.crashed'],
  },
  {
    seeds: from(1597),
    shows: 'HEAD fails after 412: neither there nor not there (arroyo#1125).',
    profile: { mishaps: 14, storeFaults: 0.1, headFaults: 0.7 },
    happens: ['store.foreign_412', 'fault.head.answered'],
  },
  {
    seeds: from(1600),
    shows: 'A part of a large request is stored or not, nobody knows, while another one surely is not.',
    profile: { hasLongLines: true, collectors: 2, requests: 20, mishaps: 10 },
    happens: ['answer.503.outcome_unknown'],
  },
  {
    seeds: [212],
    shows: 'A chunk is found corrupt after a file that held it was given up in doubt.',
    profile: { crashAtPoint: 0.05 },
    happens: ['object.sealed_while_sound'],
  },
  {
    seeds: [467, 1007, 2044, 2483, 3026],
    shows:
      'A snapshot that may be written is given up behind a newer one: superseded, neither lost nor a surprise.',
    happens: ['segments.given_up_behind_newer'],
  },
];
