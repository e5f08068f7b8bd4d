'use client';

import { StatusBadge } from '@/components/routings/status-badge';
import { ClockTime } from '@/components/time/clock-time';
import { useTimeFormat } from '@/components/time/time-zone-provider';
import type { ActivityView } from '@/lib/domain/routing/view';
import { byDay } from './by-day';
import { type ActivityEntry, activityEntry, type SettingChange } from './entry';

interface ActivityTimelineProps {
  /** Newest first. */
  readonly activity: readonly ActivityView[];
  readonly now: Date;
}

/** What happened to a routing and who did it, newest first, day by day. */
export function ActivityTimeline({ activity, now }: ActivityTimelineProps) {
  const format = useTimeFormat();
  return (
    <div className="grid gap-6">
      {byDay(activity, format, now).map(({ day, activity: lines }) => (
        <section key={`${day}-${lines[0]?.id}`} aria-label={day}>
          <h2 className="mb-2 font-medium text-muted text-sm">{day}</h2>
          <ol className="divide-y divide-border rounded-card border border-border bg-surface">
            {lines.map((line) => (
              <TimelineLine key={line.id} line={line} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function TimelineLine({ line }: { readonly line: ActivityView }) {
  const entry = activityEntry(line);
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-2.5 text-sm sm:grid-cols-[4.5rem_minmax(0,1fr)_12rem]">
      <div className="flex flex-wrap items-baseline gap-x-2 text-muted tabular-nums sm:leading-6">
        <ClockTime at={new Date(line.at)} />
        <span className="min-w-0 break-words sm:hidden">· {entry.actor}</span>
      </div>
      <div className="grid min-w-0 gap-1">
        <What entry={entry} />
      </div>
      <span className="hidden min-w-0 break-words text-muted leading-6 sm:block sm:text-right">
        {entry.actor}
      </span>
    </li>
  );
}

function What({ entry }: { readonly entry: ActivityEntry }) {
  const { sentence, labels, changes } = entry;
  return (
    <>
      {labels === null ? null : (
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <StatusBadge label={labels.from} />
          <span aria-hidden>→</span>
          <span className="sr-only">became</span>
          <StatusBadge label={labels.to} />
        </p>
      )}
      {sentence === null ? null : <p className="max-w-[72ch] break-words leading-6">{sentence}</p>}
      {changes.length === 0 ? null : <Changes changes={changes} />}
    </>
  );
}

function Changes({ changes }: { readonly changes: readonly SettingChange[] }) {
  return (
    <dl className="grid gap-1">
      {changes.map(({ setting, before, after }) => (
        <div key={setting} className="flex flex-wrap gap-x-2">
          <dt className="text-muted">{setting}</dt>
          <dd className="min-w-0 break-all">
            {before} <span aria-hidden>→</span>
            <span className="sr-only">is now</span> {after}
          </dd>
        </div>
      ))}
    </dl>
  );
}
