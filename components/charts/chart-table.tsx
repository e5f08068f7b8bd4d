'use client';

import { useTimeFormat } from '@/components/time/time-zone-provider';
import { ScrollTable } from '@/components/ui/scroll-table';
import { Cell, HeadCell, Row } from '@/components/ui/table';
import { LATENCY_COLUMNS } from '@/lib/domain/latency/table-columns';
import type { LatencyPoint } from '@/lib/domain/latency/view';

interface ChartTableProps {
  readonly label: string;
  readonly points: readonly LatencyPoint[];
  readonly stepMs: number;
}

/** The charts' rows as a table: every step that the charts draw, in their order. */
export function ChartTable({ label, points, stepMs }: ChartTableProps) {
  const time = useTimeFormat();
  const shape = { stepMs, time };
  return (
    <ScrollTable label={label}>
      <thead>
        <tr>
          {LATENCY_COLUMNS.map(({ name }, index) => (
            <HeadCell
              key={name}
              className={
                index === 0
                  ? 'sticky top-0 left-0 z-20 text-left'
                  : 'sticky top-0 z-10 whitespace-normal text-right'
              }
            >
              {index === 0 ? `${name} (${time.zone})` : name}
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <Row key={point.at}>
            {LATENCY_COLUMNS.map(({ name, text }, index) =>
              index === 0 ? (
                <th
                  key={name}
                  scope="row"
                  className="sticky left-0 z-10 h-9 whitespace-nowrap border-border border-b bg-surface px-3 text-left font-normal"
                >
                  {text(point, shape)}
                </th>
              ) : (
                <Cell key={name} className="whitespace-nowrap border-border border-b text-right">
                  {text(point, shape)}
                </Cell>
              ),
            )}
          </Row>
        ))}
      </tbody>
    </ScrollTable>
  );
}
