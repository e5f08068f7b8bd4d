import { LoadingPage, TableSkeleton } from '@/components/layout/loading-page';
import { Skeleton } from '@/components/ui/skeleton';

export default function RoutingLoading() {
  return (
    <LoadingPage crumbs={[{ label: 'Routings', href: '/routings' }, { label: 'Routing' }]}>
      <Skeleton className="h-7 w-64" />
      <Skeleton className="mt-1 mb-3 h-5 w-96 max-w-full" />
      <Skeleton className="h-10" />
      <Skeleton className="mt-6 mb-4 h-32 rounded-card" />
      <TableSkeleton rows={5} />
    </LoadingPage>
  );
}
