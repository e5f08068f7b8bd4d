import { ExactTime } from '@/components/time/exact-time';
import type { SampleView } from '@/lib/domain/sample/view';
import { SampleFile } from './sample-file';

interface SampleCardProps {
  readonly sample: SampleView;
  readonly now: Date;
}

/** What the check wrote into the bucket, as every file of the routing will look. */
export function SampleCard({ sample, now }: SampleCardProps) {
  const { bucket, files, removedAt, writtenAt } = sample;
  return (
    <div className="grid grid-cols-1 gap-4 rounded-card border border-border bg-surface p-4 sm:p-6">
      <p className="max-w-[72ch]">
        The access check of <ExactTime at={new Date(writtenAt)} now={now} /> wrote one file of each data type.
        They are made up and hold nobody’s data; folders, names, form and compression are those of real files,
        which lie outside of <code className="font-mono text-xs">_sluice/check/</code>.{' '}
        {removedAt === null
          ? 'They are still in the bucket and may be deleted.'
          : 'The check has removed them again.'}
      </p>
      <div className="grid grid-cols-1 gap-3">
        {files.map((file, index) => (
          <SampleFile key={file.key} bucket={bucket} file={file} isOpen={index === 0} />
        ))}
      </div>
    </div>
  );
}
