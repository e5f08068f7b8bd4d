import { CopyBlock } from '@/components/ui/copy-block';
import type { QueryText } from '@/lib/domain/query/query-place';

/** Texts to copy into a query engine, one below the other. */
export function QueryTexts({ texts }: { readonly texts: readonly QueryText[] }) {
  return (
    <div className="grid gap-6">
      {texts.map(({ title, text }) => (
        <div key={title} className="min-w-0">
          <h3 className="mb-2 font-medium">{title}</h3>
          <CopyBlock what={`“${title}”`} text={text} />
        </div>
      ))}
    </div>
  );
}
