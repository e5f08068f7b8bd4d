import { CopyBlock } from '@/components/ui/copy-block';
import { formatCount } from '@/lib/domain/format/count';
import type { FileDetailView } from '@/lib/domain/routing/view';
import { AttemptTable } from './attempt-table';
import { FileFacts } from './file-facts';

interface FileDetailProps {
  readonly file: FileDetailView;
  readonly promiseSeconds: number;
}

/** Everything known of one file: its address, what it holds, and every try to write it. */
export function FileDetail({ file, promiseSeconds }: FileDetailProps) {
  return (
    <>
      <CopyBlock what="address" text={`s3://${file.bucket}/${file.key}`} className="max-w-5xl" />
      <FileFacts file={file} promiseSeconds={promiseSeconds} />
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
