import { LoadingPage } from '@/components/layout/loading-page';
import { Skeleton } from '@/components/ui/skeleton';

export default function NewRoutingLoading() {
  return (
    <LoadingPage crumbs={[{ label: 'Routings', href: '/routings' }, { label: 'New routing' }]}>
      <Skeleton className="mb-6 h-9 w-40" />
      <Skeleton className="h-[40rem] max-w-5xl rounded-card" />
    </LoadingPage>
  );
}
