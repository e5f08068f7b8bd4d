'use client';

import { AlarmClock, CircleX } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { moverText } from '@/components/routings/mover';
import { useTimeFormat } from '@/components/time/time-zone-provider';
import { cn } from '@/components/ui/cn';
import { recentGapsSentence, retentionSentence } from '@/lib/domain/retention/hold-sentence';
import { hasEnded } from '@/lib/domain/routing/transition';
import type { RoutingView } from '@/lib/domain/routing/view';

interface HoldBannersProps {
  readonly routing: RoutingView;
  readonly now: Date;
  readonly isCustomer: boolean;
}

/** What is about to be lost, whose move it is, and what was lost lately. */
export function HoldBanners({ routing, now, isCustomer }: HoldBannersProps) {
  const time = useTimeFormat();
  const retention = retentionSentence(routing, { time, now });
  const { recentGaps, retentionNotice } = routing;
  return (
    <>
      {retention === null ? null : (
        <Banner
          label="Retention"
          isGrave={(retentionNotice?.threshold ?? 0) >= 80}
          icon={<AlarmClock aria-hidden className="mt-0.5 size-5 shrink-0" />}
        >
          <p className="font-semibold">What waits nears the end of the time for which it is held</p>
          <p className="text-text">
            {retention} Whose move: {moverText(routing.whoseMove, isCustomer)}.
          </p>
        </Banner>
      )}
      {recentGaps === null ? null : (
        <Banner label="Gap" isGrave icon={<CircleX aria-hidden className="mt-0.5 size-5 shrink-0" />}>
          <p className="font-semibold">
            {hasEnded(routing.lifecycle) ? 'Events were not delivered' : 'Events were lost'}
          </p>
          <p className="text-text">
            {recentGapsSentence(recentGaps, { time, now })}{' '}
            <Link href={`/routings/${routing.id}/activity`} className="text-accent hover:underline">
              Exact offsets
            </Link>{' '}
            ·{' '}
            <Link href={`/routings/${routing.id}/files`} className="text-accent hover:underline">
              Receipts of the hours
            </Link>
          </p>
        </Banner>
      )}
    </>
  );
}

interface BannerProps {
  readonly label: string;
  readonly isGrave: boolean;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

function Banner({ label, isGrave, icon, children }: BannerProps) {
  return (
    <section
      aria-label={label}
      className={cn(
        'mb-4 flex gap-3 rounded-card border p-4',
        isGrave ? 'border-bad-solid bg-bad-bg text-bad' : 'border-warn bg-warn-bg text-warn',
      )}
    >
      {icon}
      <div className="min-w-0 max-w-[72ch] break-words">{children}</div>
    </section>
  );
}
