import { CircleCheck, CircleQuestionMark, OctagonX, TriangleAlert } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { ProcessView } from '@/lib/domain/system/process';
import { type SystemVerdict, systemVerdict } from '@/lib/domain/system/verdict';

const LOOKS = {
  good: { icon: CircleCheck, tone: 'text-good' },
  warn: { icon: TriangleAlert, tone: 'text-warn' },
  bad: { icon: OctagonX, tone: 'text-bad' },
  neutral: { icon: CircleQuestionMark, tone: 'text-neutral' },
} as const satisfies Record<SystemVerdict['tone'], unknown>;

/** Is it fine? One sentence, and what follows from it for the data. */
export function SystemBanner({ processes }: { readonly processes: readonly ProcessView[] | null }) {
  const { tone, sentence, meaning } = systemVerdict(processes);
  const { icon: Icon, tone: colour } = LOOKS[tone];
  return (
    <div className="mb-6 flex items-start gap-3">
      <Icon aria-hidden className={cn('mt-1 size-5 shrink-0', colour)} />
      <div className="min-w-0">
        <h1 className="font-semibold text-lg">{sentence}</h1>
        {meaning === null ? null : <p className="max-w-[72ch] text-muted">{meaning}</p>}
      </div>
    </div>
  );
}
