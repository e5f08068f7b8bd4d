import { CopyBlock } from '@/components/ui/copy-block';
import { athenaTexts } from '@/lib/domain/query/athena';
import { duckdbTexts } from '@/lib/domain/query/duckdb';
import type { QueryPlace, QueryText } from '@/lib/domain/query/query-place';

/** How the customer looks at what arrives, with every name filled in; the mail that it is live says the same. */
export function Queries({ place }: { readonly place: QueryPlace }) {
  const { setUp, texts } = duckdbTexts(place);
  return (
    <div className="grid gap-2">
      <Engine name="Athena" texts={athenaTexts(place)} />
      <Engine name="DuckDB" texts={[setUp, ...texts]} />
    </div>
  );
}

function Engine({ name, texts }: { readonly name: string; readonly texts: readonly QueryText[] }) {
  return (
    <details className="min-w-0 rounded-card border border-border bg-surface px-4 py-3 sm:px-6">
      <summary className="cursor-pointer font-medium pointer-coarse:py-2">Query it in {name}</summary>
      <div className="mt-3 grid min-w-0 gap-4">
        {texts.map(({ title, text }) => (
          <div key={title} className="grid min-w-0 gap-1">
            <h3 className="font-medium text-sm">{title}</h3>
            <CopyBlock what={`${name}: ${title}`} text={text} />
          </div>
        ))}
      </div>
    </details>
  );
}
