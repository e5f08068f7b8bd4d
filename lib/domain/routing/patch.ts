import { z } from 'zod';
import type { UpdateRoutingInput } from './input';
import type { RoutingView } from './view';

const anything = z.unknown().optional();

/** The names that a partial edit may hold, and the version it was made on; the values are checked with the whole. */
export const routingPatchSchema = z.strictObject({
  version: z.int({ error: 'Send the version you read, so that nobody else’s change is overwritten.' }),
  name: anything,
  endpoint: anything,
  bucket: anything,
  region: anything,
  prefix: anything,
  kmsKeyArn: anything,
  dataTypes: anything,
  eventNames: anything,
  promiseSeconds: anything,
  flushIntervalMs: anything,
  hourMarkers: anything,
  accessProbe: anything,
  accessKeyId: anything,
  secretAccessKey: anything,
});

/**
 * A partial edit laid over the routing as it was read: the input of a whole update, not yet checked. Safe against
 * changes in between because `version` is the one of the patch, not of the view.
 */
export function patchedInput(
  view: RoutingView,
  patch: z.output<typeof routingPatchSchema>,
): Record<keyof UpdateRoutingInput, unknown> {
  const { endpoint, bucket, region, prefix, kmsKeyArn } = view.destination;
  const { name, dataTypes, eventNames, promiseSeconds, flushIntervalMs, hourMarkers, accessProbe } = view;
  const settings = { name, dataTypes, eventNames, promiseSeconds, flushIntervalMs, hourMarkers, accessProbe };
  const access = { accessKeyId: undefined, secretAccessKey: undefined };
  return {
    ...settings,
    endpoint,
    bucket,
    region,
    prefix,
    kmsKeyArn,
    ...access,
    ...patch,
    routingId: view.id,
  };
}
