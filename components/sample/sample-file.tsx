import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { CopyBlock } from '@/components/ui/copy-block';
import { formatBytes } from '@/lib/domain/format/bytes';
import { FIELD_WORDS } from '@/lib/domain/sample/field-words';
import { keyTree } from '@/lib/domain/sample/key-tree';
import type { SampleFileView } from '@/lib/domain/sample/view';

interface SampleFileProps {
  readonly bucket: string;
  readonly file: SampleFileView;
  readonly isOpen: boolean;
}

/** One file: where it lies, what is in it, and what each field means. */
export function SampleFile({ bucket, file, isOpen }: SampleFileProps) {
  const { dataType, bytes, key, lines } = file;
  const count = lines.length === 1 ? '1 line' : `${lines.length} lines`;
  return (
    <details
      open={isOpen}
      data-testid={`sample-${dataType}`}
      className="group min-w-0 rounded-control border border-border"
    >
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 px-3 py-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted group-open:rotate-90" />
        <span className="font-medium font-mono text-sm">type={dataType}</span>
        <span className="text-muted text-sm tabular-nums">
          {count}, {formatBytes(bytes)} compressed
        </span>
      </summary>
      <div className="grid grid-cols-1 gap-4 border-border border-t p-3 sm:p-4">
        <Part title="Where it lies">
          <CopyBlock what="address" text={`s3://${bucket}/${key}`} shown={toTree(keyTree(bucket, key))} />
        </Part>
        <Part title="What is in it">
          <pre className="overflow-x-auto wrap-anywhere whitespace-pre-wrap rounded-control border border-border bg-raised p-3 font-mono text-xs">
            {lines.map((line) => JSON.stringify(JSON.parse(line), null, 2)).join('\n')}
          </pre>
          <p className="mt-1 text-muted text-sm">
            Shown over several lines; in the file, each object is one.
          </p>
        </Part>
        <Part title="What the fields mean">
          <dl className="grid gap-x-4 gap-y-2 text-sm sm:grid-cols-[max-content_1fr]">
            {FIELD_WORDS[dataType].map(({ field, type, means }) => (
              <div key={field} className="grid sm:contents">
                <dt>
                  <code className="font-mono text-xs">{field}</code>{' '}
                  <span className="text-muted text-xs">{type}</span>
                </dt>
                <dd className="max-w-[72ch]">{means}</dd>
              </div>
            ))}
          </dl>
        </Part>
      </div>
    </details>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1 font-medium">{title}</h3>
      {children}
    </div>
  );
}

function toTree(parts: readonly string[]): string {
  return parts.map((part, depth) => `${' '.repeat(depth)}${part}`).join('\n');
}
