import type { ReactNode } from 'react';
import { CopyBlock } from '@/components/ui/copy-block';
import { formatCount } from '@/lib/domain/format/count';
import type { FileDetailView } from '@/lib/domain/routing/view';
import { AttemptTable } from './attempt-table';
import { FileFacts } from './file-facts';

interface FileDetailProps {
  readonly file: FileDetailView;
  readonly promiseSeconds: number;
  /** What is in it, for those who may see it. */
  readonly firstLines?: ReactNode;
}

/** Everything known of one file: its address, what it holds, and every try to write it. */
export function FileDetail({ file, promiseSeconds, firstLines }: FileDetailProps) {
  return (
    <>
      <CopyBlock what="address" text={`s3://${file.bucket}/${file.key}`} className="max-w-5xl" />
      <FileFacts file={file} promiseSeconds={promiseSeconds} />
      {firstLines === undefined ? null : (
        <>
          <h2 className="mt-8 mb-1 font-semibold text-md">First lines</h2>
          {firstLines}
        </>
      )}
      <h2 className="mt-8 font-semibold text-md">Tries</h2>
      <p className="mb-3 max-w-[72ch] text-muted text-sm">
        {file.attempts > file.attemptList.length
          ? `The newest ${formatCount(file.attemptList.length)} of ${formatCount(file.attempts)} PUTs of this file`
          : 'Every PUT of this file'}
        ; they all wrote the same content under the same key.
      </p>
      <AttemptTable attempts={file.attemptList} />
    </>
  );
}
