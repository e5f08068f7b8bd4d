import { s3Address } from '@/components/routings/place';
import { ExactTime } from '@/components/time/exact-time';
import { Badge } from '@/components/ui/badge';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import type { DestinationVersionView } from '@/lib/domain/destination/version-view';
import { formatCountOf } from '@/lib/domain/format/count';
import { Mono } from './facts';
import { VersionActions, type VersionVerbs } from './version-actions';
import { versionChanges } from './version-changes';

interface VersionTableProps {
  readonly routingId: string;
  readonly verbs: VersionVerbs;
  /** Newest first. */
  readonly versions: readonly DestinationVersionView[];
  readonly now: Date;
}

/** Every version of the destination: what it changed, who made it, and whether files still go there. */
export function VersionTable({ routingId, versions, verbs, now }: VersionTableProps) {
  const hasVerbs = verbs.reuse !== undefined || verbs.markCompromised !== undefined;
  return (
    <Table label="Versions of the destination">
      <thead>
        <tr>
          <HeadCell className="w-16">Version</HeadCell>
          <HeadCell>What changed</HeadCell>
          <HeadCell className="w-44">When</HeadCell>
          <HeadCell className="w-40">By</HeadCell>
          <HeadCell className="w-56">State</HeadCell>
          {hasVerbs ? <HeadCell className="w-40">Do</HeadCell> : null}
        </tr>
      </thead>
      <tbody>
        {versions.map((version, index) => (
          <Row key={version.version} className="align-top">
            <Cell className="tabular-nums">{version.version}</Cell>
            <Cell className="min-w-64">
              <Changes before={replacedBy(versions, index)} version={version} />
            </Cell>
            <Cell>
              <ExactTime at={new Date(version.createdAt)} now={now} />
            </Cell>
            <Cell className="min-w-32 break-words text-muted">{version.createdBy ?? '–'}</Cell>
            <Cell className="min-w-44">
              <Use version={version} isAccessLeft={isAccessLeft(versions, version)} now={now} />
            </Cell>
            {hasVerbs ? (
              <Cell>
                <VersionActions routingId={routingId} version={version} {...verbs} />
              </Cell>
            ) : null}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** The version that was in use before: what was dropped changed nothing. */
function replacedBy(versions: readonly DestinationVersionView[], index: number) {
  return versions.slice(index + 1).find(({ adoptedAt }) => adoptedAt !== null);
}

/** Whether nothing that delivers, or may soon, uses the access of a version. */
function isAccessLeft(versions: readonly DestinationVersionView[], left: DestinationVersionView): boolean {
  if (left.accessGivenAt === null || left.isErased) return false;
  const users = versions.filter(
    ({ isInUse, state, openCuts }) => isInUse || state === 'candidate' || openCuts > 0,
  );
  return users.every(({ accessGivenAt }) => accessGivenAt !== left.accessGivenAt);
}

interface ChangesProps {
  readonly before: DestinationVersionView | undefined;
  readonly version: DestinationVersionView;
}

function Changes({ before, version }: ChangesProps) {
  if (before === undefined) {
    return (
      <>
        {version.version === 1 ? 'Created: ' : null}
        <Mono>{s3Address(version)}</Mono>
      </>
    );
  }
  return (
    <ul className="grid gap-0.5">
      {versionChanges(before, version).map((change) => (
        <li key={change.field}>
          {change.field} <Mono>{change.before}</Mono> <span aria-hidden>→</span>
          <span className="sr-only">is now</span> <Mono>{change.after}</Mono>
        </li>
      ))}
    </ul>
  );
}

interface UseProps {
  readonly version: DestinationVersionView;
  readonly isAccessLeft: boolean;
  readonly now: Date;
}

function Use({ version, isAccessLeft, now }: UseProps) {
  const { isInUse, openCuts, state, adoptedAt, compromisedAt } = version;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {isInUse ? <Badge tone="good">In use</Badge> : null}
      {state === 'candidate' ? <Badge tone="info">Being checked</Badge> : null}
      {compromisedAt === null ? null : <Badge tone="bad">Compromised</Badge>}
      {isInUse && adoptedAt !== null ? (
        <span className="text-muted">
          since <ExactTime at={new Date(adoptedAt)} now={now} />
        </span>
      ) : null}
      {openCuts === 0 ? null : (
        <span className={isInUse ? 'text-muted' : 'text-warn'}>
          {formatCountOf(openCuts, 'cut')} still to deliver{isInUse ? '' : ' there'}
        </span>
      )}
      {state === 'replaced' && openCuts === 0 ? (
        <span className="text-muted">no longer in use{isAccessLeft ? '; its access can go in AWS' : ''}</span>
      ) : null}
      {state === 'dropped' ? <span className="text-muted">dropped before it was used</span> : null}
    </span>
  );
}
