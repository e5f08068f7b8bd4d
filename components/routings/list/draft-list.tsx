import Link from 'next/link';
import { StatusBadge } from '@/components/routings/status-badge';
import { RelativeTime } from '@/components/time/relative-time';
import type { RoutingDraftView } from '@/lib/domain/routing/draft';

interface DraftListProps {
  /** The one saved last first. */
  readonly drafts: readonly RoutingDraftView[];
  readonly now: Date;
}

/** New routings that somebody has begun to write: over the list, for they are no routings yet. */
export function DraftList({ drafts, now }: DraftListProps) {
  if (drafts.length === 0) return null;
  return (
    <section aria-label="Drafts" className="mb-4 rounded-card border border-border bg-surface">
      <ul className="divide-y divide-border">
        {drafts.map((draft) => (
          <li key={draft.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
            <StatusBadge label="draft" />
            <Link
              href={`/routings/new?draft=${draft.id}`}
              className="min-w-0 break-words font-medium hover:underline"
            >
              <span className="font-normal text-muted">{draft.organization.name} · </span>
              {draft.name}
            </Link>
            <span className="text-muted text-sm">
              saved by {draft.savedBy.name} <RelativeTime at={new Date(draft.savedAt)} now={now} /> · our move
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
