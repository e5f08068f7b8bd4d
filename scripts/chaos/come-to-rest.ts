import { setTimeout as pause } from 'node:timers/promises';
import { getRouting } from '@/lib/services/routing/get';
import { replay } from './faults/replay-faults';
import { resumeAll } from './faults/routing-faults';
import { retrying } from './retrying';
import type { Stage } from './stage/stage';
import { type ChaosRouting, PROMISE_SECONDS, staying } from './stage/tenants';

const LOOK_EVERY_MS = 500;
/** A blocked lane looks again after two minutes at the latest; then it has to catch up. */
const FRESH_DEADLINE_MS = 240_000;
const DRAIN_DEADLINE_MS = 240_000;

export interface Rest {
  /** How long after the last fault every routing kept its promise again; null when it did not. */
  readonly freshAfterMs: number | null;
  /** What did not come to rest, as sentences. */
  readonly stuck: readonly string[];
}

/** Ends what may be left of any fault. */
export async function heal(stage: Stage): Promise<void> {
  stage.network.heal();
  for (const process of [...stage.workers, ...stage.collectors]) process.signal('SIGCONT');
  await retrying(() => resumeAll(stage));
}

/** With the load still on: until no routing is later than its promise. */
export async function untilFresh(stage: Stage): Promise<number | null> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < FRESH_DEADLINE_MS) {
    const ages = await retrying(() => Promise.all(stage.routings.map((routing) => ageMs(stage, routing))));
    if (ages.every((age) => age <= PROMISE_SECONDS * 1_000)) return Math.round(performance.now() - startedAt);
    await pause(LOOK_EVERY_MS);
  }
  return null;
}

/** Until everything in the log is delivered to every running routing. Tells what is left at the deadline. */
export async function untilDrained({ sql }: Stage): Promise<string[]> {
  const endsAt = performance.now() + DRAIN_DEADLINE_MS;
  for (;;) {
    const { rows } = await retrying(() => sql.query<LeftLane>(LEFT_LANES));
    if (rows.length === 0) return [];
    if (performance.now() > endsAt) return rows.map(describe);
    await pause(LOOK_EVERY_MS);
  }
}

/** Until every routing that was disabled has come to its end. Tells what is left at the deadline. */
export async function untilEnded({ sql }: Stage): Promise<string[]> {
  const endsAt = performance.now() + DRAIN_DEADLINE_MS;
  for (;;) {
    const { rows } = await retrying(() => sql.query<LeftEnding>(LEFT_ENDINGS));
    if (rows.length === 0) return [];
    if (performance.now() > endsAt)
      return rows.map(
        ({ name, drain_until, health_cause }) =>
          `${name} was disabled and did not end: ${health_cause ?? 'no cause'}, its deadline is ${drain_until?.toISOString() ?? 'none'}`,
      );
    await pause(LOOK_EVERY_MS);
  }
}

interface LeftEnding {
  readonly name: string;
  readonly drain_until: Date | null;
  readonly health_cause: string | null;
}

const LEFT_ENDINGS = `SELECT name, drain_until, health_cause FROM routing WHERE lifecycle = 'draining'`;

/** Until every marker of a closed hour is where it belongs. Tells what is left at the deadline, and hours that did not add up. */
export async function untilMarked({ sql }: Stage): Promise<string[]> {
  const endsAt = performance.now() + DRAIN_DEADLINE_MS;
  for (;;) {
    const { rows } = await retrying(() => sql.query<LeftMarker>(LEFT_MARKERS));
    if (rows.every(({ state }) => state !== 'pending') || performance.now() > endsAt)
      return rows.map(
        ({ name, key, state, cause }) => `The marker ${key} of ${name} is ${state}: ${cause ?? 'no cause'}`,
      );
    await pause(LOOK_EVERY_MS);
  }
}

interface LeftMarker {
  readonly name: string;
  readonly key: string;
  readonly state: string;
  readonly cause: string | null;
}

/** An ended routing writes no more of them; what went wrong before is told of it as well. */
const LEFT_MARKERS = `SELECT r.name, m.key, m.state, m.cause FROM hour_marker m JOIN routing r ON r.id = m.routing_id
  WHERE m.state <> 'written' AND (r.intent = 'run' OR m.state <> 'pending')`;

/** Until every replay is over, and one more has filled in what the customer removed. Tells what is left at the deadline. */
export async function untilFilled(stage: Stage): Promise<string[]> {
  const endsAt = performance.now() + DRAIN_DEADLINE_MS;
  const left = async () =>
    (await retrying(() => stage.sql.query<LeftReplay>(LEFT_REPLAYS))).rows.map(
      ({ name, mode, held_cause, pending }) =>
        `A replay (${mode}) of ${name} did not end: ${pending} files left, ${held_cause ?? 'not held'}`,
    );
  const untilNone = async () => {
    for (;;) {
      const waiting = await left();
      if (waiting.length === 0 || performance.now() > endsAt) return waiting;
      await pause(LOOK_EVERY_MS);
    }
  };
  const stuck = await untilNone();
  if (stuck.length > 0) return stuck;
  for (const routing of staying(stage)) await retrying(() => replay(stage, routing, 'fill'));
  const unfilled = await untilNone();
  const { rows } = await retrying(() => stage.sql.query<BadReplayFiles>(BAD_REPLAY_FILES));
  const bad = rows.map(({ name, mode, state, files }) => `${files} files of a ${mode} of ${name}: ${state}`);
  return [...unfilled, ...bad];
}

interface LeftReplay {
  readonly name: string;
  readonly mode: string;
  readonly held_cause: string | null;
  readonly pending: number;
}

const LEFT_REPLAYS = `SELECT r.name, p.mode, p.held_cause, (SELECT count(*)::int FROM replay_file x
    WHERE x.replay_id = p.id AND x.state = 'pending') AS pending
  FROM replay p JOIN routing r ON r.id = p.routing_id WHERE p.state = 'running'`;

interface BadReplayFiles {
  readonly name: string;
  readonly mode: string;
  readonly state: string;
  readonly files: number;
}

const BAD_REPLAY_FILES = `SELECT r.name, p.mode, x.state, count(*)::int AS files
  FROM replay p JOIN routing r ON r.id = p.routing_id JOIN replay_file x ON x.replay_id = p.id
  WHERE x.state IN ('conflict', 'failed', 'not_kept') GROUP BY r.name, p.mode, x.state`;

interface LeftLane {
  readonly lane_id: number;
  readonly name: string;
  readonly type: string;
  readonly done: number;
  readonly next: number;
  readonly head: number;
  readonly lifecycle: string;
  readonly health_cause: string | null;
  readonly held_cause: string | null;
  readonly failures: number;
}

const LEFT_LANES = `SELECT l.id AS lane_id, r.name, s.type, l.done, l.next, s.next_offset AS head, r.lifecycle,
    r.health_cause, l.held_cause, l.failures
  FROM lane l JOIN log.stream s ON s.id = l.stream_id JOIN routing r ON r.id = l.routing_id
  WHERE (l.done < s.next_offset OR l.next <> l.done) AND r.intent = 'run' AND s.type = ANY (r.data_types)`;

function describe(lane: LeftLane): string {
  const { lane_id, name, type, done, next, head, lifecycle, health_cause, held_cause, failures } = lane;
  const where = `done ${done}, sealed to ${next}, head ${head}`;
  return `Lane ${lane_id} (${name}, ${type}) did not come to rest: ${where}; ${lifecycle}, ${health_cause ?? 'no cause'}, held ${held_cause ?? 'no'}, ${failures} failures`;
}

async function ageMs({ ctx }: Stage, { routingId }: ChaosRouting): Promise<number> {
  const view = await getRouting({ ctx, input: { routingId } });
  return view.freshnessMs ?? 0;
}
