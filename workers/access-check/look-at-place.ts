import { bucketFault } from '@/lib/domain/destination/bucket';
import { kmsKeyFault, kmsRegionFault } from '@/lib/domain/destination/kms-key';
import { bucketInPrefixFault, prefixFault } from '@/lib/domain/destination/prefix';
import { regionFault } from '@/lib/domain/destination/region';
import { formatDuration } from '@/lib/domain/format/duration';
import { findTakenPlace } from '@/lib/services/destination/reserve-place';
import { CALL_DEADLINE_MS, notPassed, passed, placeOf, refused, type Step } from './step-context';

/** S3 takes signatures up to 15 minutes old; half of that is our alarm. */
const CLOCK_DIFFERENCE_MAX_MS = 7 * 60_000;

/** The rules may have become stricter since the place was entered. */
export const checkShape: Step = async ({ check }) => {
  const { bucket, prefix, region, kmsKeyArn } = check;
  const isElsewhere = kmsKeyArn !== null && kmsRegionFault(kmsKeyArn, region) !== null;
  if (isElsewhere) return notPassed('shape', 'kms_key_elsewhere', { tried: null });
  const fault =
    bucketFault(bucket) ??
    prefixFault(prefix) ??
    bucketInPrefixFault(prefix, bucket) ??
    regionFault(region) ??
    (kmsKeyArn === null ? null : kmsKeyFault(kmsKeyArn));
  return fault === null
    ? passed(null, { found: `s3://${bucket}/${prefix}` })
    : notPassed('shape', 'shape_wrong', { tried: null, found: fault });
};

/** Unsigned, so that it says something about the bucket whatever the access may do. */
export const checkBucket: Step = async ({ deps, check }) => {
  const tried = `HEAD s3://${check.bucket} without signature`;
  const answer = await deps.inspector.seeBucket(placeOf(check), check.region, CALL_DEADLINE_MS);
  if (answer.kind === 'error') return refused('bucket', tried, answer);
  const { requestId, value } = answer;
  const foundRegion = value.region;
  if (foundRegion !== null && foundRegion !== check.region) {
    return notPassed('bucket', 'region_wrong', {
      tried,
      requestId,
      facts: { foundRegion },
      found: foundRegion,
    });
  }
  return passed(tried, { requestId, found: foundRegion ?? 'The store does not name its region' });
};

export const checkClock: Step = async ({ deps, check }) => {
  const tried = `HEAD s3://${check.bucket}, Date header`;
  const answer = await deps.inspector.seeBucket(placeOf(check), check.region, CALL_DEADLINE_MS);
  if (answer.kind === 'error') return refused('clock', tried, answer);
  const { requestId, value } = answer;
  const differenceMs = value.clockDifferenceMs;
  if (differenceMs === null) return passed(tried, { requestId, found: 'The store does not tell the time' });
  const apartMs = Math.abs(differenceMs);
  // The header counts whole seconds.
  const found = apartMs < 2_000 ? 'less than 2 s apart' : `${formatDuration(apartMs)} apart`;
  return apartMs > CLOCK_DIFFERENCE_MAX_MS
    ? notPassed('clock', 'clock_skew', { tried, requestId, found })
    : passed(tried, { requestId, found });
};

/** Looks only: the place is kept when the whole check passes. */
export const checkPlace: Step = async ({ deps, check }) => {
  const taken = await findTakenPlace(deps.sql, check);
  return taken === null
    ? passed(null, { found: `s3://${check.bucket}/${check.prefix}` })
    : notPassed('place', 'place_taken', { tried: null, facts: taken });
};
