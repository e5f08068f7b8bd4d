import { formatCountOf } from '@/lib/domain/format/count';
import { causeSentence } from '@/lib/domain/routing/cause-sentence';
import { FINDING_KINDS, type FindingKind } from './finding';
import { ARCHIVED_CAUSE } from './refusal';
import type { ReconciliationView } from './view';

type Facts = Pick<
  ReconciliationView,
  'state' | 'heldCause' | 'files' | 'isListed' | 'counts' | 'found' | 'percent'
>;

const WORDS: Readonly<Record<FindingKind, readonly [one: string, many: string]>> = {
  missing: ['missing file', 'missing files'],
  altered: ['altered object', 'altered objects'],
  duplicate: ['copy of a file', 'copies of files'],
  foreign: ['object that is not ours', 'objects that are not ours'],
  unclear: [
    'file of which S3 does not say whether it is there',
    'files of which S3 does not say whether they are there',
  ],
  counts_differ: ['hour whose counts differ', 'hours whose counts differ'],
  chunks_missing: ['hole in the log', 'holes in the log'],
  offsets_uncut: ['hole in the ledger', 'holes in the ledger'],
  offsets_twice: ['overlap in the ledger', 'overlaps in the ledger'],
  rows_differ: ['cut whose rows differ', 'cuts whose rows differ'],
};

const UNLISTED = 'Objects that are not ours cannot be seen: the access does not include s3:ListBucket.';

/** Whether everything adds up, in a sentence or two. */
export function reconciliationVerdict(facts: Facts): string {
  const files = formatCountOf(facts.files, 'file');
  if (facts.heldCause === ARCHIVED_CAUSE)
    return 'The comparison ended unfinished: the routing was archived, and its credentials are destroyed.';
  if (facts.state === 'failed')
    return `The comparison was given up after a day of failed tries. ${reason(facts.heldCause)}`;
  if (facts.state === 'running') {
    const waits =
      facts.heldCause === null ? '' : ` It waits, and tries again by itself. ${reason(facts.heldCause)}`;
    return `Comparing: ${files} so far, ${facts.percent} %.${waits}`;
  }
  const scope = facts.isListed ? '' : ` ${UNLISTED}`;
  if (facts.found === 0)
    return `Everything adds up: ${files} in the bucket, the ledger and the log agree.${scope}`;
  const parts = FINDING_KINDS.flatMap((kind) => {
    const count = facts.counts[kind] ?? 0;
    const [one, many] = WORDS[kind];
    return count === 0 ? [] : [`${formatCountOf(count, one, many)}`];
  });
  return `Not everything adds up: ${parts.join(', ')}, among ${files}.${scope}`;
}

function reason(cause: string | null): string {
  return cause === null ? '' : causeSentence(cause);
}
