import { LoadingPage, TableSkeleton } from '@/components/layout/loading-page';
import { Skeleton } from '@/components/ui/skeleton';

export default function RoutingLoading() {
  return (
    <LoadingPage crumbs={[{ label: 'Routings', href: '/routings' }, { label: 'Routing' }]}>
      <Skeleton className="h-7 w-64" />
      <Skeleton className="mt-1 mb-3 h-5 w-96 max-w-full" />
      <Skeleton className="h-10" />
      <Skeleton className="mt-6 h-32 rounded-card" />
      <Skeleton className="mt-4 h-24 rounded-card" />
      <Skeleton className="mt-8 mb-3 h-6 w-32" />
      <Skeleton className="mb-3 h-7" />
      <Skeleton className="mb-8 h-[50rem] rounded-card" />
      <TableSkeleton rows={5} />
    </LoadingPage>
  );
}
