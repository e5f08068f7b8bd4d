import { ExternalLink, Mail } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { CopyBlock } from '@/components/ui/copy-block';
import type { CheckFix, CheckRowView } from '@/lib/domain/access-check/view';
import { fixMail } from './fix-mail';

interface FixCardProps {
  readonly row: Pick<CheckRowView, 'title' | 'sentence'>;
  readonly fix: CheckFix;
  readonly address: string;
  readonly onCopied: () => void;
  /** What does not stand in the way is shown on demand. */
  readonly isShown: boolean;
}

/** What to paste, with the page of AWS where it belongs, and a mail for whoever may paste it. */
export function FixCard({ row, fix, address, onCopied, isShown }: FixCardProps) {
  const { title, text, link } = fix;
  const mail = fixMail({ row, fix, address });
  const body = (
    <div className="mt-1 grid min-w-0 gap-2">
      <p className="break-words font-medium text-sm">{title}</p>
      <CopyBlock what="fix" text={text} onCopied={onCopied} />
      <div className="flex flex-wrap gap-2">
        {link === null ? null : (
          <Button asChild size="sm">
            <a href={link.url} target="_blank" rel="noreferrer">
              <ExternalLink aria-hidden />
              {link.label}
            </a>
          </Button>
        )}
        {mail === null ? null : (
          <Button asChild size="sm" variant="quiet">
            <a href={mail}>
              <Mail aria-hidden />
              Mail this to a colleague
            </a>
          </Button>
        )}
      </div>
    </div>
  );
  if (isShown) return body;
  return (
    <details className="min-w-0">
      <summary className="w-fit cursor-pointer text-accent text-sm underline pointer-coarse:py-2">
        Show what to do<span className="sr-only"> about: {row.title}</span>
      </summary>
      {body}
    </details>
  );
}
