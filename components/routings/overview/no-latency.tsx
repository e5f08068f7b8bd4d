import Link from 'next/link';
import { s3Address } from '@/components/routings/place';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { RoutingView } from '@/lib/domain/routing/view';

interface NoLatencyProps {
  readonly routing: RoutingView;
  /** Where access is given; null for a reader who may not. */
  readonly accessHref: string | null;
}

/** Stands where the charts will: what is missing for them, and the one step towards it. */
export function NoLatency({ routing, accessHref }: NoLatencyProps) {
  const { destination, lifecycle } = routing;
  const hasAccess = destination.accessKeyIdLast4 !== null || destination.roleArn !== null;
  if (hasAccess && lifecycle !== 'awaiting_customer') {
    return <EmptyState sentence="Latency appears with the first delivery." />;
  }
  return (
    <EmptyState
      sentence={`Access to ${s3Address(destination)} is missing: nothing can be delivered before it is there. Latency appears with the first delivery.`}
      action={
        accessHref === null ? undefined : (
          <Button asChild>
            <Link href={accessHref}>Give access</Link>
          </Button>
        )
      }
    />
  );
}
