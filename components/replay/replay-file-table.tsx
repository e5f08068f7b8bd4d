import Link from 'next/link';
import { shortestKey, shortKey } from '@/components/files/short-key';
import { s3Answer } from '@/components/routings/s3-answer';
import { cn } from '@/components/ui/cn';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import { formatBytes } from '@/lib/domain/format/bytes';
import { formatCount } from '@/lib/domain/format/count';
import type { ReplayFileState, ReplayFileView } from '@/lib/domain/replay/view';
import { causeSentence } from '@/lib/domain/routing/cause-sentence';
import { FILE_STATE_WORDS } from './replay-words';

interface ReplayFileTableProps {
  readonly routingId: string;
  readonly files: readonly ReplayFileView[];
}

const TONES: Readonly<Partial<Record<ReplayFileState, string>>> = {
  restored: 'text-good',
  copied: 'text-good',
  missing: 'text-warn',
  not_kept: 'text-warn',
  conflict: 'text-bad',
  failed: 'text-bad',
};

/** The files of a replay in their order, each with what came of it. */
export function ReplayFileTable({ routingId, files }: ReplayFileTableProps) {
  return (
    <Table label="Files of the replay">
      <thead>
        <tr>
          <HeadCell>Key</HeadCell>
          <HeadCell>Outcome</HeadCell>
          <HeadCell className="hidden text-right sm:table-cell">Rows</HeadCell>
          <HeadCell className="hidden text-right md:table-cell">Size</HeadCell>
          <HeadCell className="hidden lg:table-cell">Last answer</HeadCell>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <Row key={file.fileId} className="relative hover:bg-raised">
            <Cell className="w-full max-w-0">
              <Link
                href={`/routings/${routingId}/files/${file.fileId}`}
                title={file.key}
                className="block truncate font-mono text-xs -outline-offset-2 after:absolute after:inset-0"
              >
                <span className="hidden sm:inline">{shortKey(file.key)}</span>
                <span className="sm:hidden">{shortestKey(file.key)}</span>
              </Link>
            </Cell>
            <Cell className={cn('whitespace-nowrap', TONES[file.state])} title={why(file)}>
              {FILE_STATE_WORDS[file.state]}
            </Cell>
            <Cell className="hidden text-right sm:table-cell">{formatCount(file.rows)}</Cell>
            <Cell className="hidden whitespace-nowrap text-right md:table-cell">
              {formatBytes(file.gzipBytes)}
            </Cell>
            <Cell className="hidden whitespace-nowrap font-mono text-xs lg:table-cell">{s3Answer(file)}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function why({ cause }: ReplayFileView): string | undefined {
  return cause === null ? undefined : causeSentence(cause);
}
