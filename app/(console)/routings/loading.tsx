import { LoadingPage, TableSkeleton } from '@/components/layout/loading-page';
import { Skeleton } from '@/components/ui/skeleton';

export default function RoutingsLoading() {
  return (
    <LoadingPage crumbs={[{ label: 'Routings' }]}>
      <Skeleton className="mb-6 h-9 w-40" />
      <Skeleton className="mb-4 h-9 max-w-xl" />
      <TableSkeleton rows={8} />
    </LoadingPage>
  );
}
