import { Skeleton } from '@/components/ui/skeleton';

const VIEWS = [
  { view: 'needs-me', className: 'w-24' },
  { view: 'late', className: 'w-14' },
  { view: 'blocked', className: 'w-20' },
  { view: 'onboarding', className: 'w-28 max-sm:hidden' },
  { view: 'key-age', className: 'w-20 max-sm:hidden' },
  { view: 'all', className: 'w-16 max-sm:hidden' },
];

/** The list before it is read: title, views, filters and rows where they will stand. */
export function ListSkeleton({ rows }: { readonly rows: number }) {
  return (
    <>
      <div className="mb-3 flex min-h-9 items-center">
        <Skeleton className="h-7 w-28" />
      </div>
      <div className="mb-4 flex h-10 items-center gap-3 border-border border-b pointer-coarse:h-11">
        {VIEWS.map(({ view, className }) => (
          <Skeleton key={view} className={`h-5 ${className}`} />
        ))}
      </div>
      <div className="mb-4 flex flex-wrap gap-2">
        <Skeleton className="h-9 w-full pointer-coarse:h-11 sm:w-80" />
        <Skeleton className="h-9 min-w-36 flex-1 pointer-coarse:h-11 sm:max-w-48" />
        <Skeleton className="h-9 min-w-36 flex-1 pointer-coarse:h-11 sm:max-w-48" />
      </div>
      <div className="overflow-hidden rounded-card border border-border bg-surface">
        <Skeleton className="hidden h-9 rounded-none sm:block" />
        {Array.from({ length: rows }, (_, index) => `row-${index}`).map((row) => (
          <div
            key={row}
            className="flex h-16 items-center gap-6 border-border border-b px-3 last:border-b-0 sm:h-9 pointer-coarse:sm:h-11"
          >
            <Skeleton className="h-5 w-28" />
            <Skeleton className="h-4 w-10" />
            <Skeleton className="h-4 min-w-0 flex-1" />
            <Skeleton className="h-4 w-16 max-sm:hidden" />
          </div>
        ))}
      </div>
    </>
  );
}
