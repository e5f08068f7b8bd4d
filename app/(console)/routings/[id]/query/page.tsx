import type { Metadata } from 'next';
import { found } from '@/app/found';
import { Section } from '@/components/layout/page';
import { QueryTexts } from '@/components/query/query-texts';
import { LiveRoutingFrame } from '@/components/routings/live-routing-frame';
import { requireCtx } from '@/lib/auth/require-ctx';
import { athenaTexts } from '@/lib/domain/query/athena';
import { duckdbTexts } from '@/lib/domain/query/duckdb';
import { getRouting } from '@/lib/services/routing/get';

export const metadata: Metadata = { title: 'Query' };

export default async function QueryPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireCtx();
  const { id: routingId } = await params;
  const routing = await found(getRouting({ ctx, input: { routingId } }));
  const { bucket, prefix, region } = routing.destination;
  const sinceYear = new Date(routing.createdAt).getUTCFullYear();
  const place = { bucket, prefix, region, dataTypes: routing.dataTypes, sinceYear };
  const duckdb = duckdbTexts(place);
  return (
    <LiveRoutingFrame routing={routing} role={ctx.actor.role} now={new Date()}>
      <Section
        title="Amazon Athena"
        lead="Run the table statements once, in the region of the bucket. Partitions are projected: no crawler, and a new hour is there with its first file."
      >
        <QueryTexts texts={athenaTexts(place)} />
      </Section>
      <Section
        title="DuckDB"
        lead="On your own machine, with your own AWS identity. Paste the first two texts into a session, then ask."
      >
        <QueryTexts texts={[duckdb.setUp, ...duckdb.texts]} />
      </Section>
    </LiveRoutingFrame>
  );
}
