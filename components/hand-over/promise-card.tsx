import { Mono } from '@/components/routings/connection/facts';
import { s3Address } from '@/components/routings/place';
import type { HandOverPlace } from '@/lib/domain/hand-over/page-view';

/** What the data's way in comes down to, in two lines. */
export function PromiseCard({ place }: { readonly place: HandOverPlace }) {
  return (
    <section
      aria-label="What this allows"
      className="rounded-card border border-border bg-surface p-4 sm:p-6"
    >
      <dl className="grid gap-3">
        <div>
          <dt className="text-muted text-sm">What we will do</dt>
          <dd>
            Write gzip files under <Mono>{s3Address(place)}</Mono>, and look at our own files there.
          </dd>
        </div>
        <div>
          <dt className="text-muted text-sm">What we cannot do with the narrow policy below</dt>
          <dd>Read or list anything else, delete your data, change any setting.</dd>
        </div>
      </dl>
    </section>
  );
}
