import { LoadingPage, TableSkeleton } from '@/components/layout/loading-page';
import { Skeleton } from '@/components/ui/skeleton';

export default function SystemLoading() {
  return (
    <LoadingPage crumbs={[{ label: 'System' }]}>
      <Skeleton className="mb-6 h-8 w-80 max-w-full" />
      <TableSkeleton rows={4} />
    </LoadingPage>
  );
}
