import type { ReactNode } from 'react';
import { LiveProvider } from '@/components/live/live-provider';
import { LiveStamp } from '@/components/live/live-stamp';
import type { Role } from '@/lib/domain/access/actor';
import { mayDo } from '@/lib/domain/access/permissions';
import { revisionOf } from '@/lib/domain/live/revision';
import type { RoutingView } from '@/lib/domain/routing/view';
import { RoutingFrame } from './routing-frame';

interface LiveRoutingFrameProps {
  readonly routing: RoutingView;
  readonly role: Role;
  /** When the page was rendered. */
  readonly now: Date;
  /** For what moves without the routing itself changing. */
  readonly refreshEveryMs?: number;
  readonly children: ReactNode;
}

/** The frame of a routing's page that keeps itself up to date and says of when it is. */
export function LiveRoutingFrame({ routing, role, now, refreshEveryMs, children }: LiveRoutingFrameProps) {
  return (
    <LiveProvider
      routingIds={[routing.id]}
      asOf={now.toISOString()}
      revision={revisionOf([routing])}
      {...(refreshEveryMs === undefined ? {} : { refreshEveryMs })}
    >
      <RoutingFrame routing={routing} mayEdit={mayDo(role, 'destination.change')} status={<LiveStamp />}>
        {children}
      </RoutingFrame>
    </LiveProvider>
  );
}
