import { z } from 'zod';

/** What a process does to itself at an armed point: dies as by `kill -9`, or freezes until somebody wakes it up. */
export type PointSignal = 'SIGKILL' | 'SIGSTOP';

const countSchema = z.coerce.number().int().positive();
const signalSchema = z.enum(['SIGKILL', 'SIGSTOP']);

/**
 * `name`, `name:n` or `name:n:SIGSTOP`: what is returned runs `act` when the point is reached for the n-th time. Throws
 * on an unknown name.
 */
export function armPoint<P extends string>(
  schema: z.ZodType<P>,
  spec: string,
  act: (signal: PointSignal) => void,
): (point: P) => void {
  const [name, count = '1', signal = 'SIGKILL'] = spec.split(':');
  const armed = schema.parse(name);
  const chosen = signalSchema.parse(signal);
  let left = countSchema.parse(count);
  return (point) => {
    if (point !== armed) return;
    left -= 1;
    if (left === 0) act(chosen);
  };
}
