import Link from 'next/link';
import { shortestKey, shortKey } from '@/components/files/short-key';
import { newReplayHref } from '@/components/replay/replay-address';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import { formatCount } from '@/lib/domain/format/count';
import type { FindingView } from '@/lib/domain/reconciliation/view';
import { differenceOf, KIND_WORDS } from './finding-words';

interface FindingTableProps {
  readonly routingId: string;
  readonly findings: readonly FindingView[];
  /** All of them, also those that are not shown here. */
  readonly found: number;
  readonly mayReplay: boolean;
}

/** What a comparison found: which object, what it means, and what to do. */
export function FindingTable({ routingId, findings, found, mayReplay }: FindingTableProps) {
  return (
    <>
      <Table label="Findings">
        <thead>
          <tr>
            <HeadCell>Finding</HeadCell>
            <HeadCell>What it is about</HeadCell>
            <HeadCell className="hidden lg:table-cell">What to do</HeadCell>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding) => (
            <Row key={finding.id}>
              <Cell className="whitespace-nowrap align-top font-medium text-bad">
                {KIND_WORDS[finding.kind]}
              </Cell>
              <Cell className="w-full max-w-0 align-top lg:w-1/2">
                <Subject finding={finding} />
                <p className="text-muted text-sm">{differenceOf(finding)}</p>
                <p className="mt-1 whitespace-normal text-sm lg:hidden">{finding.advice}</p>
                <Fill finding={finding} routingId={routingId} mayReplay={mayReplay} />
              </Cell>
              <Cell className="hidden max-w-[48ch] whitespace-normal align-top text-sm lg:table-cell">
                {finding.advice}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {found > findings.length ? (
        <p className="text-muted text-sm">
          {formatCount(findings.length)} of {formatCount(found)} findings. The rest is in the API.
        </p>
      ) : null}
    </>
  );
}

function Subject({ finding: { key, subject } }: { readonly finding: FindingView }) {
  if (key === null) return <p className="truncate">{subject}</p>;
  return (
    <p title={key} className="truncate font-mono text-xs">
      <span className="hidden sm:inline">{shortKey(key)}</span>
      <span className="sm:hidden">{shortestKey(key)}</span>
    </p>
  );
}

interface FillProps {
  readonly finding: FindingView;
  readonly routingId: string;
  readonly mayReplay: boolean;
}

function Fill({ finding: { kind, type, hour }, routingId, mayReplay }: FillProps) {
  if (!mayReplay || (kind !== 'missing' && kind !== 'altered')) return null;
  return (
    <Link
      href={newReplayHref(routingId, { type, ...(hour === null ? {} : { hour }) })}
      className="text-accent text-sm hover:underline"
    >
      Fill what is missing…
    </Link>
  );
}
