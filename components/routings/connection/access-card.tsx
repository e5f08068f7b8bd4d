'use client';

import { TriangleAlert } from 'lucide-react';
import type { FormAction } from '@/components/forms/action-result';
import { AccessForm } from '@/components/routings/form/access-form';
import type { LastEdit } from '@/components/routings/last-edit';
import { s3Answer } from '@/components/routings/s3-answer';
import { ExactTime } from '@/components/time/exact-time';
import { RelativeTime } from '@/components/time/relative-time';
import type { LastAnswers, UploadAnswer } from '@/lib/domain/destination/last-answers';
import { formatAge } from '@/lib/domain/format/duration';
import { KEY_AGE_DAYS } from '@/lib/domain/routing/list';
import type { AccessProofView, RoutingView } from '@/lib/domain/routing/view';
import { DAY_MS } from '@/lib/domain/time-units';
import { DisclosedForm } from './disclosed-form';
import { Fact, Facts, Mono } from './facts';

interface AccessCardProps {
  readonly routing: RoutingView;
  /** When the present access was given; null until there are any. */
  readonly givenAt: string | null;
  readonly answers: LastAnswers;
  readonly now: Date;
  readonly isCustomer: boolean;
  /** Absent for readers who may not enter access. */
  readonly enter?:
    | {
        readonly lastEdit: LastEdit | null;
        readonly offersRole: boolean;
        readonly action: FormAction<RoutingView>;
      }
    | undefined;
}

/** How Sluice gets in, how old that is, and what the store last said about it. Never the keys themselves. */
export function AccessCard({ routing, givenAt, answers, now, isCustomer, enter }: AccessCardProps) {
  const { accessKeyIdLast4, roleArn } = routing.destination;
  const hasAccess = accessKeyIdLast4 !== null || roleArn !== null;
  return (
    <div className="rounded-card border border-border bg-surface">
      <Facts>
        <Fact name={roleArn === null ? 'Access key' : 'Role'}>
          {roleArn !== null ? (
            <Mono>{roleArn}</Mono>
          ) : hasAccess ? (
            <>
              ends in <Mono>{accessKeyIdLast4}</Mono>
              {routing.lifecycle === 'archived' ? ', destroyed when this routing was archived' : null}
            </>
          ) : (
            <span className="text-muted">{missingText(isCustomer, enter !== undefined)}</span>
          )}
        </Fact>
        {givenAt === null ? null : (
          <Fact name="Given to us">
            <KeyAge givenAt={new Date(givenAt)} now={now} isKey={roleArn === null} />
          </Fact>
        )}
        <Fact name="Last confirmed upload">
          <Answer answer={answers.confirmed} now={now} none="none yet" />
        </Fact>
        <Fact name="Last proven">
          <Proof proof={routing.access} now={now} />
        </Fact>
        <Fact name="Last refusal">
          <Answer answer={answers.refused} now={now} none="none" />
        </Fact>
      </Facts>
      {enter === undefined ? null : (
        <DisclosedForm
          key={hasAccess ? 'rotate' : 'first'}
          label={rotateLabel(hasAccess, roleArn !== null)}
          initiallyOpen={!hasAccess}
        >
          {(close) => <AccessForm routing={routing} {...enter} onSaved={close} />}
        </DisclosedForm>
      )}
    </div>
  );
}

function rotateLabel(hasAccess: boolean, isRole: boolean): string {
  if (!hasAccess) return 'Enter access';
  return isRole ? 'Change access' : 'Rotate access keys';
}

function missingText(isCustomer: boolean, mayEnter: boolean): string {
  if (mayEnter)
    return isCustomer
      ? 'not given yet: enter it below'
      : 'not given yet: the customer’s move, or enter it below';
  return 'not given yet';
}

interface KeyAgeProps {
  readonly givenAt: Date;
  readonly now: Date;
  /** A role holds no secret that grows old. */
  readonly isKey: boolean;
}

function KeyAge({ givenAt, now, isKey }: KeyAgeProps) {
  const ageMs = now.getTime() - givenAt.getTime();
  const isOld = isKey && ageMs >= KEY_AGE_DAYS * DAY_MS;
  return (
    <>
      <span className="whitespace-nowrap">{formatAge(ageMs)} ago</span>,{' '}
      <span className="text-muted">
        <ExactTime at={givenAt} now={now} />
      </span>
      {isOld ? (
        <span className="mt-1 flex items-start gap-1 text-sm text-warn">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          Keys should be rotated every {KEY_AGE_DAYS} days.
        </span>
      ) : null}
    </>
  );
}

function Proof({ proof, now }: { readonly proof: AccessProofView; readonly now: Date }) {
  const { provenAt, isProbed, isVersioned } = proof;
  return (
    <>
      {provenAt === null ? (
        <span className="text-muted">not yet</span>
      ) : (
        <RelativeTime at={new Date(provenAt)} now={now} />
      )}
      <span className="text-muted text-sm"> · {probeText(isProbed, isVersioned)}</span>
    </>
  );
}

function probeText(isProbed: boolean, isVersioned: boolean): string {
  if (isProbed) return 'by a file, or about hourly by a small upload under _sluice/ while it is quiet';
  return isVersioned
    ? 'by files alone: the bucket keeps versions, and each small upload would leave one'
    : 'by files alone: looking in between is switched off';
}

interface AnswerProps {
  readonly answer: UploadAnswer | null;
  readonly now: Date;
  readonly none: string;
}

function Answer({ answer, now, none }: AnswerProps) {
  if (answer === null) return <span className="text-muted">{none}</span>;
  const said = s3Answer(answer);
  return (
    <>
      <RelativeTime at={new Date(answer.at)} now={now} />
      {said === '' ? null : (
        <>
          {' · '}
          <Mono>{said}</Mono>
        </>
      )}
      {answer.requestId === null ? null : (
        <span className="text-muted text-sm">
          {' · AWS request '}
          <Mono>{answer.requestId}</Mono>
        </span>
      )}
    </>
  );
}
