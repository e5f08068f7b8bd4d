/** A row of `credential`, as far as opening needs it. */
export interface SealedCredentialRow {
  readonly organizationId: string;
  readonly routingId: string;
  readonly credentialId: string;
  readonly version: number;
  readonly accessKeyIdSealed: Buffer;
  readonly secretAccessKeySealed: Buffer;
}
