/** The values of a routing that an edit may change, without its access keys. */
export interface EditableValues {
  readonly name: string;
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly prefix: string;
  readonly kmsKeyArn: string | null;
  readonly dataTypes: readonly string[];
  readonly eventNames: readonly string[];
  readonly promiseSeconds: number;
  readonly flushIntervalMs: number;
  readonly hourMarkers: boolean;
  readonly accessProbe: boolean;
}

const PLACE_FIELDS = ['endpoint', 'bucket', 'region', 'prefix', 'kmsKeyArn'] as const;
const SETTING_FIELDS = [
  'name',
  'dataTypes',
  'eventNames',
  'promiseSeconds',
  'flushIntervalMs',
  'hourMarkers',
  'accessProbe',
] as const;

type Field = (typeof PLACE_FIELDS)[number] | (typeof SETTING_FIELDS)[number];

export interface RoutingChanges {
  /** Changed fields in a fixed order. */
  readonly fields: readonly Field[];
  /** Where or how objects are written changes: a new destination version. */
  readonly isPlaceChanged: boolean;
  readonly isSettingChanged: boolean;
  /** What is delivered changes: no cut that was decided before may be sealed any more. */
  readonly isSelectionChanged: boolean;
}

/** What an edit changes; the order of data types and names means nothing. */
export function routingChanges(before: EditableValues, after: EditableValues): RoutingChanges {
  const isChanged = (field: Field) => comparable(before[field]) !== comparable(after[field]);
  const place = PLACE_FIELDS.filter(isChanged);
  const settings = SETTING_FIELDS.filter(isChanged);
  return {
    fields: [...settings, ...place],
    isPlaceChanged: place.length > 0,
    isSettingChanged: settings.length > 0,
    isSelectionChanged: settings.includes('dataTypes') || settings.includes('eventNames'),
  };
}

function comparable(value: EditableValues[Field]): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? [...value].sort().join(',') : value;
}
