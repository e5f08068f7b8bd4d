import { s3Address } from '@/components/routings/place';
import { ExactTime } from '@/components/time/exact-time';
import { Badge } from '@/components/ui/badge';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import type { DestinationVersionView } from '@/lib/domain/destination/version-view';
import { formatCountOf } from '@/lib/domain/format/count';
import { Mono } from './facts';
import { versionChanges } from './version-changes';

interface VersionTableProps {
  /** Newest first. */
  readonly versions: readonly DestinationVersionView[];
  readonly now: Date;
}

/** Every version of the destination: what it changed, who made it, and whether files still go there. */
export function VersionTable({ versions, now }: VersionTableProps) {
  return (
    <Table label="Versions of the destination">
      <thead>
        <tr>
          <HeadCell className="w-16">Version</HeadCell>
          <HeadCell>What changed</HeadCell>
          <HeadCell className="w-44">When</HeadCell>
          <HeadCell className="w-40">By</HeadCell>
          <HeadCell className="w-56">Files</HeadCell>
        </tr>
      </thead>
      <tbody>
        {versions.map((version, index) => (
          <Row key={version.version} className="align-top">
            <Cell className="tabular-nums">{version.version}</Cell>
            <Cell className="min-w-64">
              <Changes before={versions[index + 1]} version={version} />
            </Cell>
            <Cell>
              <ExactTime at={new Date(version.createdAt)} now={now} />
            </Cell>
            <Cell className="min-w-32 break-words text-muted">{version.createdBy ?? '–'}</Cell>
            <Cell className="min-w-44">
              <Use version={version} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
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

function Use({ version }: { readonly version: DestinationVersionView }) {
  const { isInUse, openCuts } = version;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {isInUse ? <Badge tone="good">In use</Badge> : null}
      {openCuts === 0 ? null : (
        <span className={isInUse ? 'text-muted' : 'text-warn'}>
          {formatCountOf(openCuts, 'cut')} still to deliver{isInUse ? '' : ' there'}
        </span>
      )}
      {!isInUse && openCuts === 0 ? <span className="text-muted">no longer in use</span> : null}
    </span>
  );
}
