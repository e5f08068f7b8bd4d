import { z } from 'zod';

/** Whether times are shown in UTC or in the zone of the account; kept in a cookie of this name, UTC without one. */
export const SHOWN_ZONE_COOKIE = 'sluice-times';
export const shownZoneSchema = z.enum(['utc', 'account']);
export type ShownZone = z.infer<typeof shownZoneSchema>;

const ZONES_MAX_LENGTH = 64;

/** Runtimes go on listing zones by the names that cities had when the list was made. */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
};

/** A zone by the name that its city has today. */
export function presentName(zone: string): string {
  return RENAMED[zone] ?? zone;
}

/** Every zone that can be chosen, by its present name; UTC first. */
export function timeZones(): readonly string[] {
  const zones = new Set(Intl.supportedValuesOf('timeZone').map(presentName));
  zones.delete('UTC');
  return ['UTC', ...[...zones].sort()];
}

/** An IANA name that this runtime knows. Older names of a zone are taken too: browsers still say them. */
const timeZoneSchema = z
  .string({ error: 'Choose a time zone.' })
  .max(ZONES_MAX_LENGTH, 'Choose a time zone of the list.')
  .refine(isTimeZone, 'Choose a time zone of the list.');

export const setTimeZoneSchema = z.object({ timeZone: timeZoneSchema });
export type SetTimeZoneInput = z.input<typeof setTimeZoneSchema>;

/** Whether this runtime can tell the time in a zone of this name. */
export function isTimeZone(zone: string): boolean {
  // An offset like +01:00 is no zone: it knows no summer.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
