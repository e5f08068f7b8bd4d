import { LoadingPage, TableSkeleton } from '@/components/layout/loading-page';
import { Skeleton } from '@/components/ui/skeleton';

export default function OrganizationsLoading() {
  return (
    <LoadingPage crumbs={[{ label: 'Organizations' }]}>
      <Skeleton className="mb-6 h-12 w-80 max-w-full" />
      <TableSkeleton rows={4} />
    </LoadingPage>
  );
}
