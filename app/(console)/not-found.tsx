import { Missing } from '@/components/layout/missing';
import { Page } from '@/components/layout/page';

export default function ConsoleNotFound() {
  return (
    <Page crumbs={[{ label: 'Routings', href: '/routings' }, { label: 'Not found' }]}>
      <Missing />
    </Page>
  );
}
