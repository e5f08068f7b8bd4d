import { Check, Download, TriangleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { formatCount, formatCountOf } from '@/lib/domain/format/count';
import { formatUtcMinute } from '@/lib/domain/format/utc';
import { shortHour } from '@/lib/domain/hour/hour-input';
import type { HourView } from '@/lib/domain/hour/view';
import { HOUR_DISPLAY } from './hour-display';
import { HourMark } from './hour-mark';

interface ReceiptLineProps {
  readonly routingId: string;
  readonly view: HourView;
  readonly now: Date;
}

/** An hour's receipt in one line: what was accepted, where it is, and whether both sides are equal. */
export function ReceiptLine({ routingId, view, now }: ReceiptLineProps) {
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
      <Button asChild size="sm" className="ml-auto">
        <a href={`/routings/${routingId}/files/receipt?${query}`} download>
          <Download aria-hidden />
          Receipt
        </a>
      </Button>
    </section>
  );
}

function Term({ name, rows }: { readonly name: string; readonly rows: number }) {
  return (
    <span className="whitespace-nowrap">
      <span className="text-muted">{name}</span> {formatCount(rows)}
    </span>
  );
}

function Outcome({ view }: { readonly view: HourView }) {
  const { accepted, delivered, pending, setAside, gap } = view;
  if (accepted === null) {
    return <p className="text-muted">The log was not counted for this routing in this hour.</p>;
  }
  const difference = accepted - delivered - pending - setAside - gap;
  if (difference === 0) {
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
      does not add up: {formatCountOf(Math.abs(difference), 'row')}{' '}
      {difference > 0 ? 'unaccounted for' : 'too many'}
    </p>
  );
}
