import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { CrashPoints } from './crash-points';

/** Long enough for the first half to be on the wire. */
const BETWEEN_HALVES_MS = 100;

/** Sends a body so that the crash point `during_put` lies in its middle. */
export function sendInHalves(body: Buffer, crashPoints: CrashPoints): Readable {
  async function* halves() {
    const middle = body.length >> 1;
    yield body.subarray(0, middle);
    await pause(BETWEEN_HALVES_MS);
    crashPoints.reach('during_put');
    yield body.subarray(middle);
  }
  return Readable.from(halves(), { objectMode: false });
}
