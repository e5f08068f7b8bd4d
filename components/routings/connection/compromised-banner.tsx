import { ShieldAlert } from 'lucide-react';
import { ExactTime } from '@/components/time/exact-time';

interface CompromisedBannerProps {
  readonly compromisedAt: string;
  readonly now: Date;
}

/** The access in use was said to be compromised: it works, and must be replaced. */
export function CompromisedBanner({ compromisedAt, now }: CompromisedBannerProps) {
  return (
    <section
      aria-label="Compromised access"
      className="mb-8 flex gap-3 rounded-card border border-bad-solid bg-bad-bg p-4 text-bad"
    >
      <ShieldAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="max-w-[72ch]">
        <p className="font-semibold">The access in use is compromised: replace it now</p>
        <p className="text-text">
          It was marked so on <ExactTime at={new Date(compromisedAt)} now={now} />. Enter new access below.
          Once it has passed its check, remove the old one in AWS.
        </p>
      </div>
    </section>
  );
}
