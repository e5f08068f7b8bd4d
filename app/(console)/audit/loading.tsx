import { LoadingPage, TableSkeleton } from '@/components/layout/loading-page';
import { Skeleton } from '@/components/ui/skeleton';

export default function AuditLoading() {
  return (
    <LoadingPage crumbs={[{ label: 'Audit' }]}>
      <Skeleton className="mb-6 h-12 w-80 max-w-full" />
      <Skeleton className="mb-4 h-24 w-full" />
      <TableSkeleton rows={8} />
    </LoadingPage>
  );
}
