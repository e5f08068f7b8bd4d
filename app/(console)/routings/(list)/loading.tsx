import { LoadingPage } from '@/components/layout/loading-page';
import { ListSkeleton } from '@/components/routings/list/list-skeleton';

export default function RoutingsLoading() {
  return (
    <LoadingPage crumbs={[{ label: 'Routings' }]}>
      <ListSkeleton rows={12} />
    </LoadingPage>
  );
}
