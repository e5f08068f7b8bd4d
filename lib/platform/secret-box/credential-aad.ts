export interface CredentialField {
  readonly organizationId: string;
  readonly routingId: string;
  readonly credentialId: string;
  /** Counts from 1 within the routing. */
  readonly version: number;
  readonly field: 'accessKeyId' | 'secretAccessKey';
}

/**
 * What binds a sealed field to its place, so that a row copied elsewhere does not open:
 * organization|routing|credential|version|field. Ids are UUIDs in the database's lower-case spelling.
 */
export function credentialAad(place: CredentialField): string {
  return [place.organizationId, place.routingId, place.credentialId, place.version, place.field].join('|');
}
