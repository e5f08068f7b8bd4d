import { LoadingPage, TableSkeleton } from '@/components/layout/loading-page';
import { Skeleton } from '@/components/ui/skeleton';

export default function AccountLoading() {
  return (
    <LoadingPage crumbs={[{ label: 'Account' }]}>
      <Skeleton className="mb-6 h-12 w-80 max-w-full" />
      <TableSkeleton rows={2} />
    </LoadingPage>
  );
}
