import { redirect } from 'next/navigation';
import { landingFor } from '@/components/layout/navigation';
import { requireCtx } from '@/lib/auth/require-ctx';
import { listRoutings } from '@/lib/services/routing/list';

/** Leads whoever signed in to where their work is; a customer with one routing straight to it. */
export default async function Home() {
  const ctx = await requireCtx();
  if (ctx.actor.organizationId !== null) {
    const { routings, total } = await listRoutings({ ctx, input: { limit: 1 } });
    const [only] = routings;
    if (only !== undefined && total === 1) redirect(`/routings/${only.id}`);
  }
  redirect(landingFor(ctx.actor.role));
}
