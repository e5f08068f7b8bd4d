import { TryLine } from '@/components/routings/try-line';
import { formatAge } from '@/lib/domain/format/duration';
import type { TriesView } from '@/lib/domain/routing/view';

/** The newest tries to deliver, and when the next one is due. */
export function TryList({ tries, now }: { readonly tries: TriesView; readonly now: Date }) {
  const { lastTries, nextTryAt } = tries;
  const wait = nextTryAt === null ? null : formatAge(Math.max(0, Date.parse(nextTryAt) - now.getTime()));
  return (
    <section>
      <h3 className="mb-1 font-medium">Last attempts</h3>
      {lastTries.length === 0 ? (
        <p className="text-muted">Nothing was sent yet.</p>
      ) : (
        <ol className="divide-y divide-border rounded-control border border-border">
          {lastTries.map((one) => (
            <TryLine key={`${one.at} ${one.requestId}`} tried={one} className="px-3 py-1.5" />
          ))}
        </ol>
      )}
      {wait === null ? null : <p className="mt-2 text-muted">We try again in {wait}.</p>}
    </section>
  );
}
