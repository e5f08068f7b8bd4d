import { Check, Download, RotateCcw, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { newReplayHref } from '@/components/replay/replay-address';
import { Button } from '@/components/ui/button';
import { formatCount, formatCountOf } from '@/lib/domain/format/count';
import { formatUtcMinute } from '@/lib/domain/format/utc';
import { shortHour } from '@/lib/domain/hour/hour-input';
import type { AcceptedBy, HourView } from '@/lib/domain/hour/view';
import { HOUR_DISPLAY } from './hour-display';
import { HourMark } from './hour-mark';
import { mismatch } from './mismatch';

interface ReceiptLineProps {
  readonly routingId: string;
  readonly view: HourView;
  readonly now: Date;
  /** Whether this reader may have files of the hour written again. */
  readonly mayReplay: boolean;
}

/** An hour's receipt in one line: what was accepted, where it is, and whether both sides are equal. */
export function ReceiptLine({ routingId, view, now, mayReplay }: ReceiptLineProps) {
  const hour = new Date(view.hour);
  const query = new URLSearchParams({ type: view.type, hour: shortHour(hour) });
  return (
    <section
      aria-labelledby="receipt"
      className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-2 rounded-card border border-border bg-surface px-4 py-3"
    >
      <h2 id="receipt" className="flex items-center gap-2 whitespace-nowrap font-semibold">
        <HourMark state={view.state} />
        Hour {formatUtcMinute(hour, now)}
        <span className="font-normal text-muted">{HOUR_DISPLAY[view.state].word}</span>
      </h2>
      <p data-testid="receipt" className="tabular-nums">
        {view.accepted === null ? 'accepted is not known' : <Term name="accepted" rows={view.accepted} />} ={' '}
        <Term name="delivered" rows={view.delivered} /> + <Term name="pending" rows={view.pending} /> +{' '}
        <Term name="set aside" rows={view.setAside} /> + <Term name="gap" rows={view.gap} />
      </p>
      <Outcome view={view} />
      <span className="ml-auto flex gap-2">
        <Button asChild size="sm">
          <a href={`/routings/${routingId}/files/receipt?${query}`} download>
            <Download aria-hidden />
            Receipt
          </a>
        </Button>
        {mayReplay ? (
          <Button asChild size="sm">
            <Link href={newReplayHref(routingId, view)}>
              <RotateCcw aria-hidden />
              Replay…
            </Link>
          </Button>
        ) : null}
      </span>
      {view.setAsideCorrupt > 0 && (
        <p className="flex w-full max-w-[90ch] items-start gap-1 text-bad">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {formatCountOf(view.setAsideCorrupt, 'row')} set aside because{' '}
          {view.setAsideCorrupt === 1 ? 'its' : 'their'} bytes changed on our disk. None of it was delivered;
          the rest of the hour was.
        </p>
      )}
      {view.acceptedBy === null ? null : (
        <p className="basis-full text-muted text-sm">{HELP[view.acceptedBy]}</p>
      )}
    </section>
  );
}

const HELP: Readonly<Record<AcceptedBy, string>> = {
  collectors:
    'Collectors count what they accept before it is compressed; the right side comes from the record of files in the bucket. The receipt adds up when both agree, and agree with the log between them.',
  chunks:
    'Collectors did not count this hour: accepted is what the log holds of it. The right side comes from the record of files in the bucket.',
};

function Term({ name, rows }: { readonly name: string; readonly rows: number }) {
  return (
    <span className="whitespace-nowrap">
      <span className="text-muted">{name}</span> {formatCount(rows)}
    </span>
  );
}

function Outcome({ view }: { readonly view: HourView }) {
  if (view.accepted === null) {
    return <p className="text-muted">The log was not counted for this routing in this hour.</p>;
  }
  const words = mismatch(view);
  if (words === null) {
    return (
      <p className="flex items-center gap-1 text-good">
        <Check aria-hidden className="size-4" />
        adds up
      </p>
    );
  }
  return (
    <p className="flex items-center gap-1 text-bad">
      <TriangleAlert aria-hidden className="size-4 shrink-0" />
      does not add up: {words}
    </p>
  );
}
