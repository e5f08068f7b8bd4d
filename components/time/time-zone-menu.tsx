'use client';

import { ChevronDown, Settings2 } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuItem, MenuRadioGroup, MenuRadioItem } from '@/components/ui/dropdown-menu';
import { shownZoneSchema } from '@/lib/domain/access/time-zone';
import { useTimeZone } from './time-zone-provider';

/** In which zone the times of all pages are written: UTC, or the account's own. */
export function TimeZoneMenu() {
  const { accountZone, shown, show } = useTimeZone();
  const city = accountZone.split('/').at(-1)?.replaceAll('_', ' ') ?? accountZone;
  const isOnlyUtc = accountZone === 'UTC';
  const name = shown === 'utc' || isOnlyUtc ? 'UTC' : city;
  return (
    <DropdownMenu
      trigger={
        <Button variant="quiet" size="sm" aria-label={`Times in ${name}`} className="max-w-32 px-1.5">
          <span className="truncate">{name}</span>
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      <MenuRadioGroup
        aria-label="Times in"
        value={isOnlyUtc ? 'utc' : shown}
        onValueChange={(value) => show(shownZoneSchema.parse(value))}
      >
        <MenuRadioItem value="utc">UTC</MenuRadioItem>
        {isOnlyUtc ? null : <MenuRadioItem value="account">{accountZone}</MenuRadioItem>}
      </MenuRadioGroup>
      <MenuItem asChild>
        <Link href="/account#time-zone">
          <Settings2 aria-hidden />
          {isOnlyUtc ? 'Choose your time zone' : 'Change your time zone'}
        </Link>
      </MenuItem>
    </DropdownMenu>
  );
}
