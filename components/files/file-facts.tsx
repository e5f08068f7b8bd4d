import Link from 'next/link';
import type { ReactNode } from 'react';
import { ClockTime } from '@/components/time/clock-time';
import { formatBytes } from '@/lib/domain/format/bytes';
import { formatCount } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import { formatUtcMinute } from '@/lib/domain/format/utc';
import { shortHour } from '@/lib/domain/hour/hour-input';
import type { FileDetailView } from '@/lib/domain/routing/view';

interface FileFactsProps {
  readonly file: FileDetailView;
  readonly promiseSeconds: number;
}

const KIND = {
  stitched: 'copied from the collected chunks, not compressed again',
  recompressed: 'many small chunks, compressed again as one',
} as const satisfies Record<FileDetailView['kind'], string>;

/** What the file holds and when it became visible. */
export function FileFacts({ file, promiseSeconds }: FileFactsProps) {
  const isLate = file.latencyMs > promiseSeconds * 1_000;
  return (
    <dl className="@container mt-6 grid max-w-5xl grid-cols-[repeat(auto-fit,minmax(15rem,1fr))] gap-px overflow-hidden rounded-card border border-border bg-border">
      <Fact name="Rows">
        {formatCount(file.rows)} of <span className="font-mono text-xs">{file.type}</span>
      </Fact>
      <Fact name="Size">
        {formatBytes(file.gzipBytes)} compressed, {formatBytes(file.rawBytes)} plain
      </Fact>
      <Fact name="Sealed">
        <ClockTime at={new Date(file.sealedAt)} isFull />
      </Fact>
      <Fact name="Visible">
        <ClockTime at={new Date(file.deliveredAt)} isFull />
      </Fact>
      <Fact name="Latency of its oldest line">
        <span className={isLate ? 'text-warn' : undefined}>
          {formatDuration(file.latencyMs)}, {isLate ? 'over' : 'within'} the promise of{' '}
          {formatDuration(promiseSeconds * 1_000)}
        </span>
      </Fact>
      <Fact name="Hour">
        <HourLink file={file} />
      </Fact>
      <Fact name="Offsets of the stream">
        {formatCount(file.firstOffset)}–{formatCount(file.lastOffset)}
      </Fact>
      <Fact name="CRC-32 of the plain bytes">
        <span className="font-mono text-xs">{file.crc32}</span>
      </Fact>
      <Fact name="ETag">
        <span className="break-all font-mono text-xs">{file.etag ?? 'not told'}</span>
      </Fact>
      <Fact name="Made by">
        {file.kind}: {KIND[file.kind]}
      </Fact>
    </dl>
  );
}

function HourLink({ file }: { readonly file: FileDetailView }) {
  if (file.hour === null) return 'not partitioned';
  const hour = new Date(file.hour);
  const query = new URLSearchParams({ type: file.type, hour: shortHour(hour) });
  return (
    <Link href={`/routings/${file.routingId}/files?${query}`} className="text-accent hover:underline">
      {formatUtcMinute(hour, new Date(file.deliveredAt))}
    </Link>
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
