import { Check, CircleAlert, TriangleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { PastedPlace } from '@/lib/domain/destination/parse-pasted';
import type { Applied, PlaceField } from './apply-pasted';
import type { PasteOutcome } from './use-place';

const WORDS: Readonly<Record<PlaceField, string>> = {
  endpoint: 'server',
  bucket: 'bucket',
  region: 'region',
  prefix: 'prefix',
};

interface PasteResultProps {
  readonly outcome: PasteOutcome;
  readonly onUndo: () => void;
}

/** What was taken from the pasted text, what was left out, and what it replaced. */
export function PasteResult({ outcome, onUndo }: PasteResultProps) {
  const { read, applied } = outcome;
  if (read.kind === 'refused' || applied === null) {
    return (
      <p className="flex items-start gap-1 text-bad text-sm">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 break-words">
          {read.kind === 'refused' ? read.sentence : 'Nothing could be taken from this.'}
        </span>
      </p>
    );
  }
  return (
    <div className="grid gap-2 rounded-control bg-raised p-3 text-sm">
      <Taken applied={applied} read={read} />
      {read.warning === null ? null : (
        <p className="flex items-start gap-1 text-warn">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0">{read.warning}</span>
        </p>
      )}
      {read.notes.map((note) => (
        <p key={note} className="break-words text-muted">
          {note}
        </p>
      ))}
      {applied.replaced.length === 0 ? null : <Replaced applied={applied} onUndo={onUndo} />}
    </div>
  );
}

function Taken({ applied, read }: { readonly applied: Applied; readonly read: PastedPlace }) {
  const { place, filled } = applied;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {filled.map((field) => (
        <li key={field} className="flex min-w-0 items-center gap-1">
          <span className="text-muted">{WORDS[field]}</span>
          <span className="min-w-0 break-all font-mono text-xs">{place[field]}</span>
          <Check aria-hidden className="size-4 shrink-0 text-good" />
        </li>
      ))}
      {read.region === null ? (
        <li className="text-muted">
          {place.region === ''
            ? 'The address does not say the region: choose it below.'
            : `The address does not say the region: it stays ${place.region}.`}
        </li>
      ) : null}
    </ul>
  );
}

function Replaced({ applied, onUndo }: { readonly applied: Applied; readonly onUndo: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p className="min-w-0">
        Replaced{' '}
        {applied.replaced.map(({ field, before }, index) => (
          <span key={field}>
            {index === 0 ? null : ', '}
            {WORDS[field]}{' '}
            <span className="break-all font-mono text-xs">{before === '' ? 'Amazon S3' : before}</span>
          </span>
        ))}
        .
      </p>
      <Button size="sm" onClick={onUndo}>
        Undo
      </Button>
    </div>
  );
}
