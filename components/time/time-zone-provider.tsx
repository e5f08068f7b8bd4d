'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { SHOWN_ZONE_COOKIE, type ShownZone } from '@/lib/domain/access/time-zone';
import { type TimeFormat, timeFormat } from '@/lib/domain/format/time-format';

interface TimeZoneChoice {
  /** The zone that the account has chosen; UTC where it has not. */
  readonly accountZone: string;
  readonly shown: ShownZone;
  readonly show: (shown: ShownZone) => void;
}

const TimeZone = createContext<TimeZoneChoice>({ accountZone: 'UTC', shown: 'utc', show: () => undefined });
const YEAR_SECONDS = 31_536_000;

interface TimeZoneProviderProps {
  readonly accountZone: string;
  /** What the cookie said when the page was rendered. */
  readonly initiallyShown: ShownZone;
  readonly children: ReactNode;
}

/** In which zone every time below is written. Both zones are named, so server and browser write the same text. */
export function TimeZoneProvider({ accountZone, initiallyShown, children }: TimeZoneProviderProps) {
  const [shown, setShown] = useState(initiallyShown);
  const choice = useMemo(() => {
    const show = (next: ShownZone) => {
      setShown(next);
      writeCookie(`${SHOWN_ZONE_COOKIE}=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`);
    };
    return { accountZone, shown, show };
  }, [accountZone, shown]);
  return <TimeZone value={choice}>{children}</TimeZone>;
}

export function useTimeZone(): TimeZoneChoice {
  return useContext(TimeZone);
}

interface ShownTimeFormat extends TimeFormat {
  /** For tooltips: the moment in full as shown and, where it differs, in the other zone. */
  both(at: Date): string;
}

/** How times are written on this page: in UTC, or in the account's zone once the reader has chosen it. */
export function useTimeFormat(): ShownTimeFormat {
  const { accountZone, shown } = useTimeZone();
  return useMemo(() => {
    const [utc, local] = [timeFormat('UTC'), timeFormat(accountZone)];
    const [main, other] = shown === 'utc' ? [utc, local] : [local, utc];
    const both = (at: Date) =>
      accountZone === 'UTC' ? main.exact(at) : `${main.exact(at)} · ${other.exact(at)}`;
    return { ...main, both };
  }, [accountZone, shown]);
}

// Not the Cookie Store: browsers that still are in use lack it.
function writeCookie(text: string): void {
  Object.assign(document, { cookie: text });
}
