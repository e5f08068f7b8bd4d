import { TriangleAlert } from 'lucide-react';
import type { LastEdit } from '@/components/routings/last-edit';
import { ClockTime } from '@/components/time/clock-time';
import { Button } from '@/components/ui/button';
import type { SettingsDifference } from './settings-differences';

interface VersionConflictProps {
  /** Null where the reader may not know who it was. */
  readonly lastEdit: LastEdit | null;
  readonly differences: readonly SettingsDifference[];
  readonly onTakeTheirs: () => void;
  readonly onSaveMine: () => void;
}

/** Somebody else saved first: what they changed, and the two ways on. Nothing typed is lost until one is chosen. */
export function VersionConflict({ lastEdit, differences, onTakeTheirs, onSaveMine }: VersionConflictProps) {
  return (
    <div
      role="alert"
      data-refusal
      tabIndex={-1}
      className="grid gap-3 rounded-control border border-warn bg-warn-bg p-4 text-text"
    >
      <p className="flex items-start gap-2 font-medium text-warn">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 break-words">
          {lastEdit === null ? (
            'Somebody else saved this routing while you were editing it.'
          ) : (
            <>
              {lastEdit.actor} saved this routing at <ClockTime at={new Date(lastEdit.at)} />, while you were
              editing it.
            </>
          )}
        </span>
      </p>
      {differences.length === 0 ? null : (
        <dl className="grid gap-1 text-sm">
          {differences.map(({ field, before, now }) => (
            <div key={field} className="flex flex-wrap gap-x-2">
              <dt className="text-muted">{field}</dt>
              <dd className="min-w-0 break-all">
                was <span className="font-mono text-xs">{before}</span>, is now{' '}
                <span className="font-mono text-xs">{now}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="text-sm">What you typed is still here, except a secret, and is not saved.</p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onTakeTheirs}>Drop mine, show theirs</Button>
        <Button onClick={onSaveMine}>Save mine over theirs</Button>
      </div>
    </div>
  );
}
