import type { ReactNode } from 'react';
import { found } from '@/app/found';
import { requireCtx } from '@/lib/auth/require-ctx';
import { getRouting } from '@/lib/services/routing/get';

interface RoutingLayoutProps {
  readonly params: Promise<{ id: string }>;
  readonly children: ReactNode;
}

/** Above the loading skeleton, so that a routing that is not there answers 404: what streams has its status already. */
export default async function RoutingLayout({ params, children }: RoutingLayoutProps) {
  const ctx = await requireCtx();
  const { id: routingId } = await params;
  await found(getRouting({ ctx, input: { routingId } }));
  return children;
}
