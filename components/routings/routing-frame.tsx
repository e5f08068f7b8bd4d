import type { ReactNode } from 'react';
import { Page } from '@/components/layout/page';
import { LinkTabs } from '@/components/ui/link-tabs';
import type { RoutingView } from '@/lib/domain/routing/view';
import { s3Address } from './place';

interface RoutingFrameProps {
  readonly routing: RoutingView;
  readonly status?: ReactNode;
  /** Whether this reader may change settings; the tab is hidden otherwise. */
  readonly mayEdit: boolean;
  readonly children: ReactNode;
}

/** What all pages of one routing share: from where to where, and the way between them. */
export function RoutingFrame({ routing, status, mayEdit, children }: RoutingFrameProps) {
  const base = `/routings/${routing.id}`;
  const tabs = [
    { href: base, label: 'Overview' },
    { href: `${base}/files`, label: 'Files' },
    { href: `${base}/query`, label: 'Query' },
    { href: `${base}/connection`, label: 'Connection' },
    { href: `${base}/activity`, label: 'Activity' },
    ...(mayEdit ? [{ href: `${base}/settings`, label: 'Settings' }] : []),
  ];
  return (
    <Page
      crumbs={[
        { label: 'Routings', href: '/routings' },
        { label: routing.organization.name },
        { label: routing.name },
      ]}
      status={status}
    >
      <h1 className="break-words font-semibold text-lg">{routing.name}</h1>
      <p className="mt-1 mb-3 flex flex-wrap gap-x-2 text-muted">
        <span className="break-words">{routing.workspace.name}</span>
        <span aria-hidden>→</span>
        <span className="sr-only">delivered to</span>
        <span className="break-all font-mono text-xs leading-5">{s3Address(routing.destination)}</span>
      </p>
      <LinkTabs label="Pages of this routing" tabs={tabs} />
      <div className="mt-6">{children}</div>
    </Page>
  );
}
