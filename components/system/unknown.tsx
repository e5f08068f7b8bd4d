import { EmptyState } from '@/components/ui/empty-state';

/** A part that the database did not tell in time: unknown, which is not the same as empty. */
export function Unknown() {
  return <EmptyState sentence="Unknown: the database did not tell in time. Reload the page to ask again." />;
}
