'use client';

import { Fact, Facts, Mono } from '@/components/routings/connection/facts';
import { s3Address } from '@/components/routings/place';
import { ExactTime } from '@/components/time/exact-time';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { AccessCheckView } from '@/lib/domain/access-check/view';
import { formatAccount } from '@/lib/domain/destination/account';
import type { RoutingView } from '@/lib/domain/routing/view';

interface StartDialogProps {
  readonly routing: RoutingView;
  /** The newest check of its access; null where none was made. */
  readonly check: AccessCheckView | null;
  readonly now: Date;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onConfirm: () => void;
}

/** Before anything is sent, somebody who is signed in looks at whose bucket it is: a hand-over link never decides that. */
export function StartDialog({ routing, check, now, open, onOpenChange, onConfirm }: StartDialogProps) {
  const { destination, organization } = routing;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Confirm the destination and start"
      description={`From here on events of ${organization.name} are written into this bucket.`}
    >
      <div className="-mx-4 -mt-4 sm:-mx-6">
        <Facts>
          <Fact name="Destination">
            <Mono>{s3Address(destination)}</Mono>
          </Fact>
          <Fact name="Region">
            <Mono>{destination.region}</Mono>
          </Fact>
          <Fact name="Owner account">
            {check === null || check.ownerAccountId === null ? (
              <Unproven check={check} />
            ) : (
              <Mono>{formatAccount(check.ownerAccountId)}</Mono>
            )}
          </Fact>
          <Fact name="We come in as">
            {check === null || check.identity === null ? (
              <Unproven check={check} />
            ) : (
              <Mono>{check.identity.arn}</Mono>
            )}
          </Fact>
          <Fact name="Access check">
            <CheckOutcome check={check} now={now} />
          </Fact>
        </Facts>
      </div>
      <div className="mt-2 flex flex-wrap justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button variant="primary" onClick={onConfirm}>
          Confirm and start
        </Button>
      </div>
    </Dialog>
  );
}

/** Stores other than AWS do not tell: a check passes there all the same. */
function Unproven({ check }: Pick<StartDialogProps, 'check'>) {
  return (
    <span className="text-warn">
      {check?.state === 'passed' ? 'this store does not say' : 'not proven by a check'}
    </span>
  );
}

function CheckOutcome({ check, now }: Pick<StartDialogProps, 'check' | 'now'>) {
  if (check === null) return <span className="text-warn">none was made</span>;
  const { state, requiredPassed, requiredTotal, lastTriedAt } = check;
  return (
    <span className={state === 'passed' ? undefined : 'text-warn'}>
      {requiredPassed} of {requiredTotal} required checks passed
      {lastTriedAt === null ? null : (
        <>
          , <ExactTime at={new Date(lastTriedAt)} now={now} />
        </>
      )}
    </span>
  );
}
