import { Check } from 'lucide-react';
import Form from 'next/form';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import { type LatencyRange, latencyRangeSchema } from '@/lib/domain/latency/range';
import type { RangeFromQuery } from '@/lib/domain/latency/range-from-query';

interface RangeSwitchProps {
  /** The page whose address holds the range. */
  readonly path: string;
  readonly asked: RangeFromQuery;
}

const WORD: Readonly<Record<LatencyRange, string>> = {
  '15m': '15 min',
  '1h': '1 h',
  '6h': '6 h',
  '24h': '24 h',
  '7d': '7 d',
  '30d': '30 d',
  '90d': '90 d',
};

/** Which time the charts are about; it lives in the address, so that a link shows the same to everybody. */
export function RangeSwitch({ path, asked }: RangeSwitchProps) {
  const { choice, fields, refusal } = asked;
  const current = 'range' in choice && refusal === null ? choice.range : null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <nav aria-label="Range" className="max-w-full overflow-x-auto rounded-control border border-control">
        <ul className="flex">
          {latencyRangeSchema.options.map((range) => (
            <li key={range}>
              <Link
                href={`${path}?range=${range}`}
                scroll={false}
                prefetch={false}
                aria-current={range === current ? 'true' : undefined}
                className={cn(
                  'flex h-7 items-center whitespace-nowrap px-2.5 text-muted text-sm -outline-offset-2 transition-colors hover:bg-raised pointer-coarse:h-9',
                  range === current && 'bg-raised font-medium text-text',
                )}
              >
                {WORD[range]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Form action={path} scroll={false} className="flex flex-wrap items-center gap-2 text-sm">
        <Moment name="from" label="From" value={fields.from} />
        <Moment name="to" label="to" value={fields.to} />
        <span className="text-muted">UTC</span>
        <Button type="submit" size="sm">
          <Check aria-hidden />
          Show
        </Button>
      </Form>
      {refusal === null ? null : (
        <p role="alert" className="w-full text-bad text-sm">
          {refusal} Shown are the last 24 hours.
        </p>
      )}
    </div>
  );
}

function Moment({
  name,
  label,
  value,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}) {
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={`range-${name}`} className="w-9 text-muted sm:w-auto">
        {label}
      </label>
      <Input
        key={value}
        id={`range-${name}`}
        type="datetime-local"
        name={name}
        defaultValue={value}
        required
        className="h-7 w-auto px-2 text-sm pointer-coarse:h-9"
      />
    </span>
  );
}
