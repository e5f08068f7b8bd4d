import { shortKey } from '@/components/files/short-key';
import type { ActionResult, FormAction } from '@/components/forms/action-result';
import { Section } from '@/components/layout/page';
import { s3Answer } from '@/components/routings/s3-answer';
import { RelativeTime } from '@/components/time/relative-time';
import type { HeldCutView, HeldFileView } from '@/lib/domain/delivery/held-cut-view';
import { formatCountOf } from '@/lib/domain/format/count';
import { causeSentence } from '@/lib/domain/routing/cause-sentence';
import type { RoutingView } from '@/lib/domain/routing/view';
import { ReleaseDialog } from './release-dialog';
import { RetryButton } from './retry-button';

interface HeldCutsProps {
  readonly routing: RoutingView;
  readonly cuts: readonly HeldCutView[];
  readonly now: Date;
  readonly release: FormAction<RoutingView>;
  readonly retry: (routingId: string) => Promise<ActionResult>;
}

/** What stands still file by file, for who may let go of it: where each may exist, and what was tried. */
export function HeldCuts({ routing, cuts, now, release, retry }: HeldCutsProps) {
  if (cuts.length === 0) return null;
  return (
    <Section
      title="Files that stand still"
      lead="Each was decided once and is tried under the same name. Nothing behind it is skipped."
      actions={routing.intent === 'run' ? <RetryButton routingId={routing.id} action={retry} /> : null}
    >
      <ul className="grid gap-3">
        {cuts.map((cut) => (
          <li key={cut.cutId} className="rounded-card border border-border bg-surface p-4">
            {cut.heldCause === null ? null : (
              <p className="mb-2 max-w-[72ch] break-words">{causeSentence(cut.heldCause)}</p>
            )}
            <ul className="grid gap-2">
              {cut.files.map((file) => (
                <HeldFile key={file.id} file={file} now={now} />
              ))}
            </ul>
            <div className="mt-3">
              <ReleaseDialog routing={routing} cut={cut} action={release} />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function HeldFile({ file, now }: { readonly file: HeldFileView; readonly now: Date }) {
  const { lastAttempt } = file;
  return (
    <li className="min-w-0">
      <p className="break-all font-mono text-xs leading-5">
        s3://{file.bucket}/{shortKey(file.key)}
      </p>
      <p className="text-muted text-sm tabular-nums">
        {formatCountOf(file.rows, 'event')} · {offsetsText(file)} ·{' '}
        {formatCountOf(file.attempts, 'try', 'tries')}
        {lastAttempt === null ? null : (
          <>
            , the last one <RelativeTime at={new Date(lastAttempt.at)} now={now} />:{' '}
            {s3Answer(lastAttempt) || 'no answer'}
          </>
        )}
      </p>
      <p className="text-sm">{existsText(file)}</p>
    </li>
  );
}

function offsetsText({ firstOffset, lastOffset }: HeldFileView): string {
  return firstOffset === lastOffset ? `offset ${firstOffset}` : `offsets ${firstOffset} to ${lastOffset}`;
}

function existsText({ isConflict, mayExist }: HeldFileView): string {
  if (isConflict) return 'An object that is not ours lies under its name.';
  return mayExist
    ? 'It may exist there: an answer was lost, or is not known yet.'
    : 'It surely does not exist there: every try was refused.';
}
