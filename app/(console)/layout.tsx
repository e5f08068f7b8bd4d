import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { navigationFor } from '@/components/layout/navigation';
import { Shell } from '@/components/layout/shell';
import { TimeZoneProvider } from '@/components/time/time-zone-provider';
import { requireCtx } from '@/lib/auth/require-ctx';
import { SHOWN_ZONE_COOKIE, shownZoneSchema } from '@/lib/domain/access/time-zone';
import { getTimeZone } from '@/lib/services/user/get-time-zone';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await requireCtx();
  const shown = shownZoneSchema.catch('utc').parse((await cookies()).get(SHOWN_ZONE_COOKIE)?.value);
  return (
    <TimeZoneProvider accountZone={await getTimeZone({ ctx })} initiallyShown={shown}>
      <Shell items={navigationFor(ctx.actor)}>{children}</Shell>
    </TimeZoneProvider>
  );
}
