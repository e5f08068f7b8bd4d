import { join } from 'node:path';
import { heal, untilDrained, untilEnded, untilFilled, untilFresh, untilMarked } from './come-to-rest';
import { type FaultLog, makeFaults } from './faults/schedule';
import { judge } from './judge';
import { type Load, startLoad } from './load/start-load';
import type { ChaosOptions } from './options';
import { type ChaosReport, makeReport } from './report';
import { SeededRandom } from './seeded-random';
import { type Stage, startStage } from './stage/stage';

const TELL_EVERY_MS = 10_000;

/** A whole run below `home`. `releasers` collects what has to be let go of, whatever happens. */
export async function runChaos(
  home: string,
  { seed, minutes }: ChaosOptions,
  releasers: Array<() => Promise<void>>,
): Promise<ChaosReport> {
  const startedAtMs = Date.now();
  const random = new SeededRandom(seed);
  const [loadRandom, faultRandom] = [random.fork(), random.fork()];
  tell(`seed ${seed}: starting below ${home}`);
  const stage = await startStage(home, releasers);
  const log: FaultLog = { counts: new Map(), failed: new Map(), active: new Set() };
  const load = startLoad(stage, loadRandom);
  const telling = setInterval(() => tell(progress(load, stage, log)), TELL_EVERY_MS);
  releasers.push(async () => clearInterval(telling));
  await makeFaults({ stage, random: faultRandom, durationMs: minutes * 60_000, log, tell });
  tell('no more faults: healing');
  await heal(stage);
  const freshAfterMs = await untilFresh(stage);
  tell(`every routing keeps its promise again after ${freshAfterMs} ms; ending the load`);
  await load.stop();
  const stuck = [
    ...(await untilDrained(stage)),
    ...(await untilEnded(stage)),
    ...(await untilFilled(stage)),
    ...(await untilMarked(stage)),
  ];
  tell('at rest: judging');
  const judgement = await judge({
    client: stage.reader,
    sql: stage.sql,
    standInDirectory: join(home, 's3'),
    routings: stage.routings,
    records: load.records,
  });
  const { records } = load;
  return makeReport({
    seed,
    minutes,
    startedAtMs,
    stage,
    records,
    log,
    judgement,
    freshAfterMs,
    stuck,
  });
}

const begunAt = performance.now();

/** A line on stderr: stdout is the verdict's. */
export function tell(line: string): void {
  const seconds = Math.round((performance.now() - begunAt) / 1_000);
  process.stderr.write(`[${String(seconds).padStart(4)} s] ${line}\n`);
}

function progress(load: Load, stage: Stage, log: FaultLog): string {
  let sent = 0;
  let acked = 0;
  for (const record of load.records.values()) {
    sent += record.marks.size;
    acked += record.count('acked');
  }
  const faults = [...log.counts.values()].reduce((total, count) => total + count, 0);
  const restarts = [...stage.workers, ...stage.collectors].reduce((total, one) => total + one.restarts, 0);
  return `sent ${sent}, acked ${acked}, ${faults} faults, ${restarts} restarts; now ${[...log.active].join(' | ') || 'nothing'}`;
}
