'use client';

import { LiveFigure } from '@/components/live/live-figure';
import { useTimeFormat } from '@/components/time/time-zone-provider';
import type { RoutingView } from '@/lib/domain/routing/view';

/** What is on its way, and where it is held: until when it is kept, or may still be delivered. */
export function HeldCell({ routing, now }: { readonly routing: RoutingView; readonly now: Date }) {
  const format = useTimeFormat();
  const { label, pendingBytes } = routing;
  const keptUntil = label === 'draining' ? routing.drainUntil : routing.keptUntil;
  if (pendingBytes === 0) return <span className="text-muted">–</span>;
  if (keptUntil === null || label === 'delivering') {
    return (
      <span className="text-muted">
        <LiveFigure figure="pendingBytes" routing={routing} />
      </span>
    );
  }
  const until = new Date(keptUntil);
  return (
    <>
      <LiveFigure figure="pendingBytes" routing={routing} />
      {' · '}
      <time dateTime={keptUntil} title={format.both(until)}>
        {format.minute(until, now)}
      </time>
    </>
  );
}
