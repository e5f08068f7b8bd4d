import { Crash, type SimulatedProcess } from './simulated-process';
import type { World } from './world-parts';

const FREEZE_MAX_MS = 90_000;

/** What a process may do at a named point: die there, freeze there, or pass. */
export function passPoint(world: World, process: SimulatedProcess, point: string): void {
  const { prng, coverage, scheduler } = world;
  if (!process.isAlive) throw new Crash('The process is dead');
  coverage.count(`${point}.passed`);
  const { crashAtPoint, freezeAtPoint } = world.weather();
  if (prng.chance(crashAtPoint)) {
    coverage.count(`${point}.crashed`);
    scheduler.note(`${process.name} dies at ${point}`);
    world.kill(process);
    throw new Crash(`Died at ${point}`);
  }
  if (prng.chance(freezeAtPoint)) {
    coverage.count(`${point}.frozen`);
    scheduler.note(`${process.name} freezes at ${point}`);
    process.freeze(prng.below(prng.chance(0.5) ? FREEZE_MAX_MS : 5_000));
  }
}
