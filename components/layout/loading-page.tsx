import type { ReactNode } from 'react';
import { Skeleton } from '@/components/ui/skeleton';
import type { Crumb } from './breadcrumbs';
import { Page } from './page';

interface LoadingPageProps {
  readonly crumbs: readonly Crumb[];
  /** The shape of what is coming. */
  readonly children: ReactNode;
}

export function LoadingPage({ crumbs, children }: LoadingPageProps) {
  return (
    <Page crumbs={crumbs}>
      <p role="status" className="sr-only">
        Loading
      </p>
      {children}
    </Page>
  );
}

/** A table of so many rows. */
export function TableSkeleton({ rows }: { readonly rows: number }) {
  return (
    <div className="grid gap-px overflow-hidden rounded-card border border-border">
      {Array.from({ length: rows }, (_, index) => `row-${index}`).map((row) => (
        <Skeleton key={row} className="h-9 rounded-none" />
      ))}
    </div>
  );
}
