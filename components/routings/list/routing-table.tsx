import type { ListedRouting } from '@/lib/domain/routing/listed-routing';
import { COLUMNS } from './columns';
import { type ListAddress, listHref } from './list-address';
import { RoutingRow } from './routing-row';
import { SortHead } from './sort-head';

interface RoutingTableProps {
  readonly routings: readonly ListedRouting[];
  readonly address: ListAddress;
  readonly now: Date;
  readonly isCustomer: boolean;
}

/**
 * One row a routing; on a phone two lines: status and since, then whose it is and its freshness. How many columns
 * there are follows the width of the list, not of the window. The head stays in sight.
 */
export function RoutingTable({ routings, address, now, isCustomer }: RoutingTableProps) {
  return (
    <div className="@container rounded-card border border-border bg-surface">
      <table
        aria-label="Routings"
        className="block w-full table-fixed border-separate border-spacing-0 text-left text-sm tabular-nums sm:table"
      >
        <thead className="hidden sm:table-header-group">
          <tr>
            {Object.values(COLUMNS).map((column) => (
              <SortHead key={column.title} column={column} address={address} />
            ))}
          </tr>
        </thead>
        <tbody className="block sm:table-row-group">
          {routings.map((routing) => (
            <RoutingRow
              key={routing.id}
              routing={routing}
              href={listHref(address, { peek: routing.id })}
              now={now}
              isCustomer={isCustomer}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
