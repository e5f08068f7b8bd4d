import type { EventLookView } from '@/lib/domain/event-look/look';
import { formatCountOf } from '@/lib/domain/format/count';
import { showInvisible } from '@/lib/domain/format/visible-text';

/** What came of a look into a file; of data that is not ours everything invisible is written out. */
export function LookedAt({ seen }: { readonly seen: EventLookView }) {
  switch (seen.state) {
    case 'asked':
      return <p>No worker has answered yet. Wait a moment and press the button again.</p>;
    case 'refused':
      return (
        <>
          <p>
            The file could not be read. It stays where it is, and delivery goes on without being able to read.
          </p>
          <p className="mt-1 max-w-[72ch] break-words font-mono text-xs">
            AWS: {showInvisible(seen.code)} {showInvisible(seen.message)}
          </p>
        </>
      );
    case 'read':
      return (
        <>
          <ol
            aria-label="First lines"
            className="overflow-x-auto rounded-control border border-border bg-raised p-3 font-mono text-xs"
          >
            {numbered(seen.lines).map(({ line, at }) => (
              <li
                key={at}
                className="border-border py-1 wrap-anywhere whitespace-pre-wrap not-first:border-t"
              >
                {showInvisible(line)}
              </li>
            ))}
          </ol>
          <p className="mt-1 text-muted text-sm">
            {formatCountOf(seen.lines.length, 'line')}
            {seen.isCut ? ', and the file goes on.' : ': the whole file.'} Signs that cannot be seen are
            written out.
          </p>
        </>
      );
  }
}

/** Two lines may be the same: they have no other name than their place. */
function numbered(lines: readonly string[]): { line: string; at: number }[] {
  return lines.map((line, at) => ({ line, at }));
}
