import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { ExactTime } from '@/components/time/exact-time';
import { RelativeTime } from '@/components/time/relative-time';
import { Badge } from '@/components/ui/badge';
import type { SessionView } from '@/lib/domain/access/session';
import { deviceName } from './device-name';
import { SignOutButton } from './sign-out-button';

interface DeviceListProps {
  readonly sessions: readonly SessionView[];
  readonly currentId: string;
  readonly now: Date;
  readonly revoke: (sessionId: string) => Promise<ActionResult>;
}

/** Where this person is signed in: the device in hand is marked, every other one can be signed out from here. */
export function DeviceList({ sessions, currentId, now, revoke }: DeviceListProps) {
  return (
    <ul className="divide-y divide-border rounded-card border border-border bg-surface">
      {sessions.map((session) => {
        const name = deviceName(session.userAgent);
        const isCurrent = session.id === currentId;
        return (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {name}
                {isCurrent ? <Badge tone="info">this device</Badge> : null}
              </p>
              <p className="text-muted text-sm">
                signed in <ExactTime at={new Date(session.createdAt)} now={now} /> · last seen{' '}
                <RelativeTime at={new Date(session.lastSeenAt)} now={now} />
              </p>
            </div>
            {isCurrent ? (
              <SignOutButton />
            ) : (
              <ConfirmAction
                label="Sign out"
                accessibleLabel={`Sign out ${name}`}
                pendingLabel="Signing out…"
                title={`Sign out ${name}?`}
                description="Its next request is refused. This device stays signed in."
                done={`${name} is signed out`}
                action={revoke.bind(null, session.id)}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
