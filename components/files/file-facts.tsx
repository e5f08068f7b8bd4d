import type { ReactNode } from 'react';
import { formatBytes } from '@/lib/domain/format/bytes';
import { formatCount } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import { formatUtcExact } from '@/lib/domain/format/utc';
import type { FileDetailView } from '@/lib/domain/routing/view';

interface FileFactsProps {
  readonly file: FileDetailView;
  readonly promiseSeconds: number;
}

/** What the file holds and when it became visible. */
export function FileFacts({ file, promiseSeconds }: FileFactsProps) {
  const isLate = file.latencyMs > promiseSeconds * 1_000;
  return (
    <dl className="mt-6 grid max-w-5xl gap-px overflow-hidden rounded-card border border-border bg-border sm:grid-cols-2">
      <Fact name="Rows">
        {formatCount(file.rows)} of <span className="font-mono text-xs">{file.type}</span>
      </Fact>
      <Fact name="Size">
        {formatBytes(file.gzipBytes)} compressed, {formatBytes(file.rawBytes)} plain
      </Fact>
      <Fact name="Sealed">{formatUtcExact(new Date(file.sealedAt))}</Fact>
      <Fact name="Visible">{formatUtcExact(new Date(file.deliveredAt))}</Fact>
      <Fact name="Latency of its oldest line">
        <span className={isLate ? 'text-warn' : undefined}>
          {formatDuration(file.latencyMs)}, {isLate ? 'over' : 'within'} the promise of{' '}
          {formatDuration(promiseSeconds * 1_000)}
        </span>
      </Fact>
      <Fact name="Hour">{file.hour === null ? 'not partitioned' : formatUtcExact(new Date(file.hour))}</Fact>
      <Fact name="Offsets of the stream">
        {formatCount(file.firstOffset)}–{formatCount(file.lastOffset)}
      </Fact>
      <Fact name="CRC-32 of the plain bytes">
        <span className="font-mono text-xs">{file.crc32}</span>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="mt-0.5 break-words tabular-nums">{children}</dd>
    </div>
  );
}
