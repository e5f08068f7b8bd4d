import { CircleCheck, CircleQuestionMark, OctagonX } from 'lucide-react';
import { RelativeTime } from '@/components/time/relative-time';
import { cn } from '@/components/ui/cn';
import type { AuditChainView } from '@/lib/domain/audit/view';
import { formatCountOf } from '@/lib/domain/format/count';

interface ChainStateProps {
  readonly state: AuditChainView;
  readonly now: Date;
}

/** Whether what stands below is what was recorded, and the hash by which anybody can tell later. */
export function ChainState({ state, now }: ChainStateProps) {
  const { verifiedAt, verifiedRows, found, head } = state;
  const isBroken = found.length > 0;
  const Icon = isBroken ? OctagonX : verifiedAt === null ? CircleQuestionMark : CircleCheck;
  const tone = isBroken ? 'text-bad' : verifiedAt === null ? 'text-neutral' : 'text-good';
  return (
    <div className="mb-4 flex items-start gap-2 text-sm">
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', tone)} />
      <div className="min-w-0">
        {isBroken ? (
          <ul aria-label="What is not as it was recorded" className="font-medium">
            {found.map((sentence) => (
              <li key={sentence} className="break-words">
                {sentence}
              </li>
            ))}
          </ul>
        ) : verifiedAt === null ? (
          <p>The record has not been verified yet; a worker does it once a day.</p>
        ) : (
          <p>
            {formatCountOf(verifiedRows, 'row')} verified <RelativeTime at={new Date(verifiedAt)} now={now} />
            : as recorded, in order, none missing.
          </p>
        )}
        {head === null ? null : (
          <p className="text-muted">
            Keep this, and you can tell later that nothing before it was changed: row {head.seq},{' '}
            <span className="break-all font-mono text-xs">{head.hash}</span>
          </p>
        )}
      </div>
    </div>
  );
}
